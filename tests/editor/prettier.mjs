// Answers each line with how Prettier, by its defaults, writes the YAML in it; both are JSON.
import { createInterface } from "node:readline";
import { format } from "prettier";

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { text: await format(JSON.parse(line), { parser: "yaml" }) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
