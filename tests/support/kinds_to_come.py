"""Kinds that have no section yet, but descriptions already: where their types and parents are.

A kind that gets its file in ``azure/kinds`` leaves this list.
"""

from typing import NamedTuple


class ToCome(NamedTuple):
    """What ARM calls a kind below an instance, and the property that names its parent."""

    types: str
    parent_ref: str = ""


TO_COME = {
    "akriConnectorTemplates": ToCome("akriConnectorTemplates"),
    "brokerAuthentications": ToCome("brokers/authentications", "brokerRef"),
    "brokerAuthorizations": ToCome("brokers/authorizations", "brokerRef"),
    "brokerListeners": ToCome("brokers/listeners", "brokerRef"),
    "brokers": ToCome("brokers"),
    "dataflowEndpoints": ToCome("dataflowEndpoints"),
    "dataflowGraphs": ToCome("dataflowProfiles/dataflowGraphs", "profileRef"),
    "dataflowProfiles": ToCome("dataflowProfiles"),
    "dataflows": ToCome("dataflowProfiles/dataflows", "profileRef"),
}
