"""Runs of an installation behind its door, as a person sees them."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.bill import Bill
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import Balance
from tests.features import answers, documents
from tests.features.outside_people import OutsidePeople
from tests.features.seen import SeenEntry, SeenRun


class OutsideRuns(OutsidePeople):
    """Those members of the protocol `Driver`."""

    def carry_out(self, run_id: RunId) -> None:
        del run_id
        self.at.work_once()

    def cancel(self, run_id: RunId) -> None:
        self.answer(documents.CANCEL_RUN, run=answers.run_name(run_id))

    def retry(self, run_id: RunId, *, key: str) -> SeenRun:
        return answers.seen_run(
            self.answer(documents.RETRY_RUN, run=answers.run_name(run_id), key=key)
        )

    def run(self, run_id: RunId) -> SeenRun:
        return answers.seen_run(self.asks(documents.ONE_RUN, run=answers.run_name(run_id))["run"])

    def all_runs(self) -> Sequence[SeenRun]:
        edges = self.asks(documents.ALL_RUNS)["runs"]["edges"]
        return [answers.seen_run(edge["node"]) for edge in edges]

    @property
    def balance(self) -> Balance:
        told = self.asks(documents.BALANCE)["balance"]
        return Balance(Credits.of(told["available"]), Credits.of(told["held"]))

    def bill(self, run_id: RunId) -> Bill | None:
        told = self.asks(documents.BILL, run=answers.run_name(run_id))["run"]["bill"]
        if told is None:
            return None
        return Bill(tuple(answers.bill_line(line) for line in told["lines"]))

    def entries(self) -> Sequence[SeenEntry]:
        told = self.asks(documents.LEDGER)["ledger"]
        return [
            SeenEntry(
                entry["operation"],
                entry["account"],
                int(Decimal(entry["amount"]) * 100),
                entry["component"],
            )
            for entry in told
        ]

    def told(self, run_id: RunId) -> Sequence[tuple[str | None, str]]:
        """By server-sent events, to the sure end."""
        body = {"query": documents.FOLLOW, "variables": {"run": answers.run_name(run_id)}}
        headers = {**self._headers(self.person), "Accept": "text/event-stream"}
        answer = self.at.http.post("/graphql", json=body, headers=headers)
        lines = [line for line in answer.text.splitlines() if line.startswith("data: {")]
        told = [json.loads(line.removeprefix("data: "))["data"]["runProgress"] for line in lines]
        assert told[-1]["isLast"]
        events = [event for one in told for event in one["events"]]
        return [
            (event["component"], (event["componentStatus"] or event["status"]).lower())
            for event in events
            if event["componentStatus"] or event["status"]
        ]

    def can_read(self, run_id: RunId, component: str) -> bool:
        told = self.asks(documents.RESULT, run=answers.run_name(run_id), component=component)[
            "artifact"
        ]
        return told is not None and len(told["charts"]) > 0

    def manifest(self, run_id: RunId) -> Mapping[str, Any]:
        link = self.answer(documents.EXPORT_RUN, run=answers.run_name(run_id))["url"]
        told: Mapping[str, Mapping[str, Any]] = self.at.http.get(link).raise_for_status().json()
        return told["manifest"]
