"""Puts what exists into a generated case, so that it comes past the door: documents of who speaks, the step that his
table offers now, versions that are not stale. The rest stays as it was generated, and now and then all of it.
"""

from __future__ import annotations

import random
from collections import deque
from typing import Any

import requests
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation

from tests.fuzz.known import Known
from tests.fuzz.people import PASSPHRASE
from tests.fuzz.town import Target, Voice


class Filling:
    """Fills cases; remembers what answers gave to go on with."""

    def __init__(self, target: Target, line: requests.Session, known: Known, chance: random.Random) -> None:
        self._base, self._line, self._known, self._chance = f"http://127.0.0.1:{target.port}", line, known, chance
        self._begun: dict[int, deque[tuple[str, bytes]]] = {}
        """By office: signings that were begun, with the file once it was taken."""
        self._key = 0

    def fill(self, case: Any, voice: Voice) -> None:
        """Change the case where it was meant to be good; where it was meant to be bad, only beside what is bad."""
        good = {place: part.mode is GenerationMode.POSITIVE for place, part in case.meta.components.items()}
        if self._chance.random() < 0.05:
            return self._spare(case)
        if good.get(ParameterLocation.PATH, True):
            self._path(case, voice)
        if good.get(ParameterLocation.QUERY, True):
            self._query(case, voice)
        if good.get(ParameterLocation.HEADER, True):
            self._headers(case, voice)
        if good.get(ParameterLocation.BODY, True) or self._chance.random() < 0.5:
            self._body(case, voice)
        return self._spare(case)

    def remember(self, case: Any, voice: Voice, answer: requests.Response) -> None:
        """A signing that was begun, and its file."""
        kept = self._begun.setdefault(voice.office, deque(maxlen=6))
        if case.path.endswith("/signing") and answer.status_code == 201 and answer.json().get("nonce"):
            kept.append((answer.json()["nonce"], b""))
        elif case.path.endswith("/file") and answer.status_code == 200:
            kept.append((str(case.path_parameters["nonce"]), answer.content))

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────────────

    def _path(self, case: Any, voice: Voice) -> None:
        names = case.path_parameters or {}
        document = 0
        for name in ("document_id", "plan_id", "unit_id", "person_id", "office_id", "token_id"):
            if name in names and (found := self._known.one(name, voice)) is not None:
                names[name] = found
                document = found if name in ("document_id", "plan_id") else document
        for name in ("contribution_id", "no", "cell"):
            if name in names and (found := self._known.one(name, voice, document)) is not None:
                names[name] = found
        if "nonce" in names and self._begun.get(voice.office):
            names["nonce"] = self._chance.choice(self._begun[voice.office])[0]
        if "code" in names and self._chance.random() < 0.8:
            names |= {"code": "action-month", "version": 2}

    def _query(self, case: Any, voice: Voice) -> None:
        for name, called in (("unit", "unit_id"), ("plan", "plan_id"), ("cursor", "")):
            if name in (case.query or {}) and self._chance.random() < 0.8:
                case.query.pop(name)
                if called and (found := self._known.one(called, voice)) is not None:
                    case.query[name] = found

    def _headers(self, case: Any, voice: Voice) -> None:
        case.headers["Dondoc-Office"] = str(voice.office)
        for name in ("If-Match", "If-None-Match"):
            if self._chance.random() < 0.8:
                case.headers.pop(name, None)
        if case.headers.pop("Idempotency-Key", None) and self._chance.random() < 0.5:
            self._key += self._chance.random() < 0.9
            case.headers["Idempotency-Key"] = f"k-{self._key}"

    def _body(self, case: Any, voice: Voice) -> None:
        if case.media_type == "multipart/form-data" and isinstance(case.body, dict):
            case.body["file"] = self._file(case, voice)
        elif case.media_type == "text/csv" and self._chance.random() < 0.5:
            case.body = _UNITS.format(code=self._chance.randrange(10**6))
        elif isinstance(case.body, dict):
            document = case.path_parameters.get("document_id", case.path_parameters.get("plan_id"))
            document = document if isinstance(document, int) else 0
            if document:
                case.body |= self._fitting(case, voice, document)
            self._names(case.body, voice, document)

    def _fitting(self, case: Any, voice: Voice, document: int) -> dict[str, Any]:
        """What the document asks for now, as the API itself tells it."""
        headers = {"Authorization": f"Bearer {voice.secret}", "Dondoc-Office": str(voice.office)}
        for _ in range(4):
            seen = self._line.get(f"{self._base}/documents/{document}", headers=headers, timeout=30)
            told = seen.json() if seen.ok else {}
            offered = [one["action"] for one in told.get("allowed", ())]
            if offered or not case.path.endswith(("/steps", "/signing")):
                break
            document = self._known.one("document_id", voice) or document
        if not told:
            return {}
        case.path_parameters |= {"document_id": document} if "document_id" in case.path_parameters else {}
        if case.path.endswith("/draft"):
            return {"version": told["draft_version"], "content": self._content(case.body.get("content"))}
        if case.path.endswith("/signing"):
            return {"seq": told["seq"], "revision_id": told["newest_revision_id"] or 1}
        return self._step(case.body, told, offered) if case.path.endswith("/steps") else {}

    def _step(self, body: dict[str, Any], told: dict[str, Any], offered: list[str]) -> dict[str, Any]:
        wanted = [action for action in offered if action != "withdraw" or self._chance.random() < 0.1]
        action = self._chance.choice(wanted) if wanted else body.get("action")
        found: dict[str, Any] = {"action": action, "seq": told["seq"], "revision_id": told["newest_revision_id"]}
        if action in ("return", "reopen"):
            found |= {"reason_code": "figures-wrong", "due_at": "2027-03-01T08:00:00+07:00"}
        if self._chance.random() < 0.7:
            found |= {"to_office": None, "reason": body.get("reason") or "Thử (mẫu)", "passphrase": PASSPHRASE,
                      "recipients": ["Như trên"]}  # fmt: skip
        return found

    def _content(self, made: Any) -> Any:
        """Half of the time a content that is sound but for one part of what was generated."""
        if not isinstance(made, dict) or self._chance.random() < 0.5:
            return made
        part = self._chance.choice(sorted(made)) if made else None
        return _SOUND | ({part: made[part]} if part and self._chance.random() < 0.7 else {})

    def _names(self, body: Any, voice: Voice, document: int) -> None:
        """Names that mean something that exists, wherever they stand."""
        if isinstance(body, list):
            for one in body:
                self._names(one, voice, document)
        if not isinstance(body, dict):
            return
        for name, value in body.items():
            if name in _AS_IT_IS and self._chance.random() < 0.8:
                body[name] = _AS_IT_IS[name]
            elif name in ("issuer_id", "drafter_id"):
                body[name] = voice.unit
            elif self._chance.random() < 0.8 and (known := self._known.one(name, voice, document)) is not None:
                body[name] = known
            else:
                self._names(value, voice, document)

    def _file(self, case: Any, voice: Voice) -> bytes:
        """The file that was handed out, whole or with some bytes changed; else what was generated."""
        if case.path.startswith("/signing"):
            files = [data for nonce, data in self._begun.get(voice.office, ())
                     if data and nonce == case.path_parameters.get("nonce")]  # fmt: skip
            data = bytearray(files[0]) if files else bytearray()
        else:
            path = f"/documents/{case.path_parameters.get('document_id')}/draft/form.xlsx"
            headers = {"Authorization": f"Bearer {voice.secret}", "Dondoc-Office": str(voice.office)}
            given = self._line.get(self._base + path, headers=headers, timeout=30)
            data = bytearray(given.content if given.ok else b"")
        for _ in range(self._chance.choice((0, 0, 1, 5, 40)) if data else 0):
            data[self._chance.randrange(len(data))] = self._chance.randrange(256)
        made = case.body.get("file")
        return bytes(data) or (made if isinstance(made, bytes) else str(made).encode("utf-8", "replace"))

    def _spare(self, case: Any) -> None:
        """Nobody who speaks is put out of office."""
        for name in ("office_id", "token_id"):
            number = (case.path_parameters or {}).get(name)
            if isinstance(number, int) and self._known.is_ours(case.path, number):
                case.path_parameters[name] = number + 10**6


_SOUND: dict[str, Any] = {
    "rows": [{"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "2", "2": "3", "3": "4"}}], "nil": [2, 3],
    "texts": {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu."},
}  # fmt: skip
_AS_IT_IS: dict[str, Any] = {
    "form": "action-month", "form_version": 2, "level": "commune", "window": {"kind": "action_month", "year": 2026},
    "stands_for": None, "subject": "", "field": "", "issuer_role": None, "drafter_role": None, "receiver_role": None,
    "due_on": "2026-12-18", "periodic": False, "straddle": "split",
}  # fmt: skip
_UNITS = "registry,code,name,level,role,symbol,parent_registry,parent_code,valid_from\nthu,{code},Phường {code} (mẫu),commune,,UBND,mau,AM,2020-01-01\n"  # noqa: E501
