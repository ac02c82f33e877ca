"""The door under a random walk: anybody tries anything, with the database below it.

The model is the table and what was done; the door must say yes exactly where the model does, a refused act must
leave nothing, and after every act the document stands at the last step of an unbroken chain.
"""

from datetime import timedelta
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine as Machine
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlmodel import Session

from documents import drafting
from states import database as db
from states.embedded import Urls
from states.errors import DonDocError
from states.lifecycle import BY_ACTION, Action, Kind, Seat, State, actions_from, next_state
from states.opening import NewDocument, open_document
from states.policy import CLOCK, Actor
from states.reasons import ReturnReason
from states.steps import Request, Stale, take
from tests.world import World

# Who may be asked, and the seats that each has toward a report of Phường Một or its plan.
PEOPLE: dict[tuple[str, str], set[Seat]] = {
    ("W1", "drafter"): {Seat.DRAFTER},
    ("W1", "leader"): {Seat.LEADER},
    ("W1", "chair"): {Seat.LEADER},
    ("W1", "clerk"): {Seat.CLERK},
    ("AM", "supervisor"): {Seat.RECEIVER},
    ("AM", "leader"): {Seat.RECEIVER},
    ("AM", "clerk"): {Seat.RECEIVER_CLERK},
    ("W2", "leader"): set(),
    ("MG", "supervisor"): set(),
    ("", "clock"): {Seat.CLOCK},
}
_NEXT = {
    State.DRAFT: (Action.SIGN, ("W1", "chair")),
    State.RETURNED: (Action.SIGN, ("W1", "chair")),
    State.SIGNED: (Action.SUBMIT, ("W1", "clerk")),
    State.SUBMITTED: (Action.RECEIVE, ("AM", "clerk")),
    State.CONSOLIDATED: (Action.REOPEN, ("AM", "supervisor")),
}
ACTIONS = [action for action in Action if action is not Action.OPEN]
COUNTED = ("document", "step", "sending", "receipt", "register_entry", "outbox", "dispensation")


class Door(Machine):
    """One document, many hands."""

    urls: Urls
    settled: World

    @initialize(kind=st.sampled_from(Kind), owed=st.booleans(), far=st.integers(0, 5))
    def open(self, kind: Kind, owed: bool, far: int) -> None:
        self.connection = db.engine(self.urls.program).connect()
        self.outer = self.connection.begin()
        self.world = self.settled.on(Session(self.connection, join_transaction_mode="create_savepoint"))
        self.world.at("2026-12-16")
        self.kind, self.owed = kind, owed and kind is Kind.REPORT
        self.document = self.world.report_of("Phường Một") if self.owed else self._opened()
        self.state, self.seq = State.DRAFT, 1
        self.cut: int | None = None
        self.edited, self.written = False, 0
        self.authors: set[int] = set()
        self.cut_authors: dict[int, set[int]] = {}
        self.signed: int | None = None
        self.received = False
        for _ in range(far):
            self.the_office_gets_on()

    def _opened(self) -> int:
        unit, form = self.world.unit, ("action-month", 2) if self.kind is Kind.REPORT else ("plan", 1)
        new = NewDocument(self.kind, unit("W1"), "Văn bản mẫu", "BC", receiver_id=unit("AM"), form=form[0],
                          form_version=form[1])  # fmt: skip
        return open_document(self.world.session, new, self.world.act("W1", "drafter"), self.world.now)

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────────

    @precondition(lambda self: self.state in (State.DRAFT, State.RETURNED))
    @rule(who=st.sampled_from([("W1", "drafter"), ("W1", "leader")]))
    def write(self, who: tuple[str, str]) -> None:
        self.world.later(minutes=1)
        self.written += 1
        actor = self.world.act(*who)
        if self.kind is Kind.REPORT:
            self.world.write(self.document, women=self.written, as_=actor)
        else:
            self.world.write_plan(self.document)
            actor = self.world.act("W1", "drafter")
        self.authors.add(actor.person_id)
        self.edited = True

    @precondition(lambda self: self.state in (State.DRAFT, State.RETURNED) and self.written)
    @rule()
    def put_up(self) -> None:
        self.world.later(minutes=1)
        by = self.world.act("W1", "drafter")
        cut = drafting.put_up(self.world.session, self.document, by, self.world.now)
        self.cut_authors.setdefault(cut, set(self.authors))
        # The same words are not cut twice: the door then still sees a draft saved after the cut.
        self.edited = self.edited and cut == self.cut
        self.cut = cut

    @rule()
    def the_office_gets_on(self) -> None:
        """The next act of an orderly life, so that the walk comes to every state."""
        if self.state in (State.DRAFT, State.RETURNED):
            self.write(("W1", "leader"))
            self.put_up()
        if self.state is State.SUBMITTED and self.received:
            return
        action, who = _NEXT.get(self.state, (None, ("W1", "chair")))
        if action is not None and next_state(self.kind, self.state, action):
            self._try(action, who, "Lý do", "other", 48, self.seq, True)

    @rule(
        action=st.sampled_from(ACTIONS), who=st.sampled_from(list(PEOPLE)), words=st.sampled_from([None, " ", "Lý do"]),
        code=st.sampled_from([None, "because", *ReturnReason]), due=st.sampled_from([None, -1, 0, 48]),
        seq=st.sampled_from([0, None, 0, 0, 0, -1, 1]), named=st.booleans(),
    )  # fmt: skip
    def anybody_tries_anything(self, action: Action, who: tuple[str, str], words: str | None, code: str | None,
                               due: int | None, seq: int | None, named: bool) -> None:  # fmt: skip
        self._try(action, who, words, code, due, None if seq is None else self.seq + seq, named)

    @precondition(lambda self: self.state is not State.WITHDRAWN and self.state is not State.CONSOLIDATED)
    @rule(data=st.data())
    def the_right_one_does_it_right(self, data: st.DataObject) -> None:
        """So that the walk gets on: what the table has from here, but for the act that ends all."""
        from_here = [action for action in actions_from(self.kind, self.state) if action is not Action.WITHDRAW]
        action = data.draw(st.sampled_from(from_here))
        able = [who for who, seats in PEOPLE.items() if seats & set(BY_ACTION[action].seats)]
        who = data.draw(st.sampled_from(able))
        self._try(action, who, "Lý do", "other", 48, self.seq, True)

    def _try(self, action: Action, who: tuple[str, str], words: str | None, code: str | None, due: int | None,
             seq: int | None, named: bool) -> None:  # fmt: skip
        world, now = self.world, self.world.later(minutes=1)
        office = world.act("W1", "drafter").office_id if action is Action.ASSIGN and named else None
        request = Request(
            self.document, action, seq, reason=words, reason_code=code, to_office=office,
            due_at=None if due is None else now + timedelta(hours=due),
            revision_id=self.cut if named and action is Action.SIGN else None, recipients=("Như trên",),
        )  # fmt: skip
        expected = self._expected(request, who)
        before = self._counts()
        try:
            taken = take(world.session, request, self._actor(who), now)
        except DonDocError as refused:
            assert expected is not True, f"{refused.message} {refused.reasons}"
            assert (expected is Stale) == isinstance(refused, Stale)
            assert self._counts() == before
            return
        assert expected is True
        self._moved(action)
        assert (taken.state, taken.seq) == (self.state, self.seq)

    @precondition(lambda self: self.owed and self.state is State.SUBMITTED)
    @rule()
    def the_district_takes_its_figures_up(self) -> None:
        self.world.later(minutes=1)
        assert self.world.consolidate("Huyện An Mẫu").reports == 1
        self._moved(Action.CONSOLIDATE)

    @precondition(lambda self: self.owed and self.state is State.CONSOLIDATED)
    @rule(as_it_was=st.booleans())
    def the_district_reopens_it(self, as_it_was: bool) -> None:
        """And it comes back at once, before anybody takes figures up again: corrected, or as it was."""
        self._try(Action.REOPEN, ("AM", "supervisor"), "Lý do", "other", 48, self.seq, True)
        if not as_it_was:
            self.write(("W1", "drafter"))
            self.put_up()
        for action, who in ((Action.SIGN, ("W1", "chair")), (Action.SUBMIT, ("W1", "clerk"))):
            self._try(action, who, "Lý do", "other", 48, self.seq, True)

    # ── the model ───────────────────────────────────────────────────────────────────────────────────────────

    def _actor(self, who: tuple[str, str]) -> Actor:
        return CLOCK if who[1] == "clock" else self.world.act(*who)

    def _expected(self, request: Request, who: tuple[str, str]) -> bool | type[Stale]:
        if request.seq is not None and request.seq != self.seq:
            return Stale
        if next_state(self.kind, self.state, request.action) is None:
            return False
        if not PEOPLE[who] & set(BY_ACTION[request.action].seats):
            return False
        return self._has_what_it_needs(request, self._actor(who).person_id)

    def _has_what_it_needs(self, request: Request, person: int) -> bool:
        says_why = bool((request.reason or "").strip())
        coded = request.reason_code in list(ReturnReason)
        is_later = request.due_at is not None and request.due_at > self.world.now
        needs: dict[Action, Any] = {
            Action.ASSIGN: request.to_office is not None,
            Action.SEND_BACK: says_why,
            Action.SIGN: request.revision_id is not None and not self.edited
            and person not in self.cut_authors.get(request.revision_id, ()),
            Action.REGISTER: False,  # nobody here has a paper
            Action.RECEIVE: not self.received,
            Action.RETURN: says_why and coded and is_later,
            Action.RECALL: says_why,
            Action.CONSOLIDATE: self.kind is Kind.PLAN,
            Action.REOPEN: says_why and coded and is_later,
            Action.WITHDRAW: says_why and not self.owed,
        }  # fmt: skip
        return bool(needs.get(request.action, True))

    def _moved(self, action: Action) -> None:
        target = next_state(self.kind, self.state, action)
        assert target is not None
        self.state, self.seq = target, self.seq + 1
        if action is Action.SIGN:
            self.signed, self.authors = self.cut, set()
        elif action is Action.REVISE:
            self.signed = None
        elif action is Action.SUBMIT:
            self.received = False
        elif action is Action.RECEIVE:
            self.received = True

    # ── what always holds ───────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def the_document_stands_at_the_last_step_of_an_unbroken_chain(self) -> None:
        row = self.world.document(self.document)
        assert (row["state"], row["seq"], row["revision_id"]) == (self.state, self.seq, self.signed)
        self.world.assert_chained(self.document)

    @invariant()
    def every_sending_has_its_number_and_its_signed_content(self) -> None:
        sendings = self.world.sendings(self.document)
        assert [sending["number"] for sending in sendings] == list(range(1, len(sendings) + 1))
        assert len(sendings) == self.world.trace(self.document).count("submit")
        signed = {step["revision_id"] for step in self.world.steps(self.document) if step["action"] == "sign"}
        assert {sending["revision_id"] for sending in sendings} <= signed

    def _counts(self) -> list[Any]:
        counts = ", ".join(f"(SELECT count(*) FROM {table}) AS n_{table}" for table in COUNTED)
        return [self.world.rows(f"SELECT {counts}, d.* FROM document d WHERE d.id = %s", self.document)]

    def teardown(self) -> None:
        self.world.session.close()
        self.outer.rollback()
        self.connection.close()


def test_the_door_holds_whatever_is_tried(database: Urls) -> None:
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        world.issue_plan()

    class Here(Door):
        urls, settled = database, world

    # Without shrinking: every try costs the database a life, and a failure shows its steps anyway.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    walks = settings(max_examples=30, stateful_step_count=20, deadline=None, phases=phases)
    run_state_machine_as_test(Here, settings=walks)
