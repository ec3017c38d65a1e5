// Answers each line with what Mermaid or Graphviz reads out of the picture in it; both are JSON.
import { createInterface } from "node:readline";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { JSDOM } from "jsdom";

// Mermaid wants a browser, if only to clean up what it reads.
const { window } = new JSDOM("");
Object.assign(globalThis, {
  window,
  document: window.document,
  Element: window.Element,
});
const { default: mermaid } = await import("mermaid");
const graphviz = await Graphviz.load();

// Texts as they are shown, with line ends between their lines.
const decoded = (text) =>
  text
    .replaceAll("<br>", "\n")
    .replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

// Boxes as [id, text, shape, looks, group around], groups of them too, which have no shape; arrows
// as [start, end, text, looks]. The looks are as the format has them.
async function readMermaid(text) {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const found = db.getSubGraphs();
  const around = new Map(found.flatMap(({ id, nodes }) => nodes.map((node) => [node, id])));
  const groups = found.map(({ id, title, classes }) => [
    id,
    decoded(title),
    "",
    classes,
    around.get(id) ?? "",
  ]);
  const ids = new Set(groups.map(([id]) => id));
  // A group to which an arrow leads is listed among the boxes too.
  const boxes = [...db.getVertices().values()]
    .filter(({ id }) => !ids.has(id))
    .map(({ id, text, type, classes }) => [
      id,
      decoded(text),
      type,
      classes,
      around.get(id) ?? "",
    ]);
  const arrows = db
    .getEdges()
    .map(({ start, end, text, stroke, style }) => [
      start,
      end,
      decoded(text),
      [stroke, ...(style ?? [])],
    ]);
  return { boxes: [...boxes, ...groups], arrows };
}

function readDot(text) {
  const { objects = [] } = JSON.parse(graphviz.layout(text, "json", "dot"));
  // What the JSON has of texts has backslashes in it that are not shown.
  const svg = new window.DOMParser().parseFromString(
    graphviz.layout(text, "svg", "dot"),
    "image/svg+xml",
  );
  const titleOf = (one) => one.querySelector("title").textContent;
  const textOf = (one) =>
    [...one.querySelectorAll("text")]
      .map(({ textContent }) => textContent.replaceAll("\u00a0", " "))
      .join("\n");
  const lines = new Map();
  for (const one of svg.querySelectorAll("g.node, g.cluster")) {
    lines.set(titleOf(one), textOf(one));
  }
  const arrows = [...svg.querySelectorAll("g.edge")].map((one) => {
    const path = one.querySelector("path");
    const colour = path.getAttribute("stroke");
    const style = path.hasAttribute("stroke-dasharray") ? "dashed" : "";
    return [...titleOf(one).split("->"), textOf(one), [style, colour === "black" ? "" : colour]];
  });
  const looks = ({ style = "", color = "" }) => [style, color === "black" ? "" : color];
  const groups = objects.filter(({ name }) => name.startsWith("cluster_"));
  // The boxes of a group are all that are in it, however deep; the innermost group has the fewest.
  groups.sort((one, other) => other.nodes.length - one.nodes.length);
  const around = new Map();
  for (const { name, nodes, subgraphs = [] } of groups) {
    for (const inner of [...nodes, ...subgraphs]) around.set(inner, name);
  }
  const place = ({ _gvid }) => around.get(_gvid) ?? "";
  const boxes = objects.map((one) => [
    one.name,
    lines.get(one.name),
    groups.includes(one) ? "" : one.shape,
    looks(one),
    place(one),
  ]);
  return { boxes, arrows };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { format, text } = JSON.parse(line);
  let answer;
  try {
    answer = format === "dot" ? readDot(text) : await readMermaid(text);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
