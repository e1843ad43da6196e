"""What is special about a store in PostgreSQL: servers that are killed and restarted, lost answers, runs, rights."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from store_samples import begin, digest, generation, solver, table, task_record

from arcbatt.errors import InputError, StoreError
from arcbatt.results.task_table import RunProgram
from arcbatt.store import ListQuery, PostgresAddress, Store, has_store, open_store
from arcbatt.store.postgres import connection, transactions
from arcbatt.store.postgres import store as store_module
from arcbatt.store.postgres.connection import PostgresConnection
from arcbatt.store.postgres.locks import WRITE_LOCK
from arcbatt.store.postgres.news import DatabaseNews
from arcbatt.store.sql.schema import VERSION
from support.postgres import PostgresServer, database_of, missing_postgres, postgres_server


@pytest.fixture
def address(postgres: PostgresServer) -> Iterator[str]:
    with database_of(postgres) as found:
        yield found


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """One that a test may kill."""
    reason = missing_postgres()
    if reason is not None:
        pytest.skip(reason)
    yield from postgres_server()


@pytest.fixture
def mortal(own_server: PostgresServer) -> Iterator[str]:
    with database_of(own_server) as found:
        yield found


def raw(store: Store) -> PostgresConnection:
    found = store._open._connection  # type: ignore[attr-defined]
    assert isinstance(found, PostgresConnection)
    return found


def name_of(address: str) -> str:
    """The name of the database."""
    return address.partition("?")[0].rpartition("/")[2]


class TestOpening:
    def test_there_is_no_store_before_one_is_made(self, address: str) -> None:
        assert not has_store(address)
        for read_only in (False, True):
            with pytest.raises(StoreError, match="no store here"):
                open_store(address, create=False, read_only=read_only)
        open_store(PostgresAddress(address), create=True).close()
        assert has_store(address)
        assert has_store(PostgresAddress(address))

    def test_reading_only_writes_nothing(self, address: str) -> None:
        open_store(address, create=True).close()
        with open_store(address, create=True, read_only=True) as store:
            assert store.programs() == []
            for write in (lambda: store.add_programs([solver(1)]), lambda: begin(store)):
                with pytest.raises(StoreError, match="opened for reading only"):
                    write()

    def test_an_address_may_say_what_it_likes_of_the_session(self, address: str) -> None:
        options = "%20".join(
            f"-c{name}%3D{value}"
            for name, value in (("search_path", "public"), ("standard_conforming_strings", "off"),
                                ("default_transaction_read_only", "on"))
        )  # fmt: skip
        odd = f"{address}&options={options}&client_encoding=LATIN1&application_name=x"
        with open_store(odd, create=True) as store:
            store.add_programs([solver(1, name="sölve_1\u4e2d")])
            assert [row.name for row in store.list_programs(ListQuery(name="s*lve\u005f1*"))] == ["sölve_1\u4e2d"]
        with open_store(address, create=False) as store:
            assert store.programs() == [solver(1, name="sölve_1\u4e2d")]

    def test_a_database_of_another_encoding_is_told(self, postgres: PostgresServer) -> None:
        with (
            database_of(postgres, "ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'") as address,
            pytest.raises(StoreError, match=r"encoding UTF8, got LATIN1.*createdb --encoding UTF8"),
        ):
            open_store(address, create=True)

    def test_a_server_that_is_not_there_is_told(self, postgres: PostgresServer) -> None:
        with pytest.raises(StoreError, match=r"nodb.*does not exist.*createdb"):
            open_store(postgres.address("nodb"), create=True)
        with pytest.raises(StoreError, match=r"refused.*Start the server"):
            open_store("postgresql://u:geheim@127.0.0.1:1/x", create=True)
        with pytest.raises(InputError, match="no address of a database"):
            open_store("postgresql://127.0.0.1/x?pasword=1", create=True)

    def test_a_wrong_password_is_told_and_not_shown(self, postgres: PostgresServer) -> None:
        postgres.execute("DROP ROLE IF EXISTS locked", "CREATE ROLE locked LOGIN PASSWORD 'geheim'")
        for password in ("", "g-wrong-e"):
            with pytest.raises(StoreError, match="PGPASSWORD") as caught:
                open_store(postgres.address("postgres", "locked", password), create=False)
            assert "g-wrong-e" not in str(caught.value)
        with pytest.raises(StoreError, match="no store here"):
            open_store(postgres.address("postgres", "locked", "geheim"), create=False)

    def test_rights_are_asked_for_and_enough(self, postgres: PostgresServer, address: str) -> None:
        database = name_of(address)
        for role in ("writer", "reader"):
            postgres.execute(f"DROP ROLE IF EXISTS {role}", f"CREATE ROLE {role} LOGIN")
        writer, reader = (postgres.address(database, role) for role in ("writer", "reader"))
        with pytest.raises(StoreError, match="missing rights"):
            open_store(writer, create=True)
        assert not has_store(address)
        postgres.execute("CREATE SCHEMA arcbatt AUTHORIZATION writer", database=database)
        with open_store(writer, create=True) as store:
            store.add_programs([solver(1)])
        with pytest.raises(StoreError, match="missing rights"):
            open_store(reader, create=False, read_only=True)
        postgres.execute(
            "GRANT USAGE ON SCHEMA arcbatt TO reader", "GRANT SELECT ON ALL TABLES IN SCHEMA arcbatt TO reader",
            database=database,
        )  # fmt: skip
        with open_store(reader, create=False, read_only=True) as store:
            assert store.programs() == [solver(1)]
        with pytest.raises(StoreError, match="missing rights"):
            open_store(reader, create=False)
        postgres.execute("DROP SCHEMA arcbatt CASCADE", "DROP ROLE writer, reader", database=database)


class TestLostConnections:
    def test_the_next_read_and_write_connect_again(self, address: str, postgres: PostgresServer) -> None:
        with open_store(address, create=True) as store:
            run = begin(store)
            end_sessions(postgres, address)
            assert [found.id for found in store.runs()] == [run]
            end_sessions(postgres, address)
            store.save_task(run, task_record("t", [solver(1)]))
            assert store.done_tasks("key").keys() == {digest("t")}
            with open_store(address, create=False) as other:  # the lock of the run was taken again
                assert [found.status for found in other.runs()] == ["running"]

    @pytest.mark.parametrize("is_stored", [True, False])
    def test_an_answer_that_is_lost_is_found_out(
        self, address: str, monkeypatch: pytest.MonkeyPatch, is_stored: bool
    ) -> None:
        """Nothing is lost and nothing is stored twice, whichever way the commit went."""
        send, lost = PostgresConnection.send, []

        def losing(self: PostgresConnection, statements: str) -> Any:
            if not statements.endswith("COMMIT") or lost:
                return send(self, statements)
            lost.append(self)
            if is_stored:
                send(self, statements)
            self.close()
            raise psycopg.OperationalError("the connection was cut")

        with open_store(address, create=True) as store:
            monkeypatch.setattr(PostgresConnection, "send", losing)
            run = begin(store)
            assert lost
            lost.clear()
            store.begin_evolution(run, "{}", [solver(1).text])
            lost.clear()
            store.save_generation(run, generation(0, {"t": [1, 2]}))
            assert [found.id for found in store.runs()] == [run] == [1]
            assert len(store.generations(run)) == 1
            with open_store(address, create=False) as other:
                assert [found.status for found in other.runs()] == ["running"]

    def test_what_nobody_can_tell_is_said(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def losing(self: PostgresConnection, statements: str) -> Any:
            self.close()
            raise psycopg.OperationalError("the connection was cut")

        with open_store(address, create=True) as store:
            with monkeypatch.context() as patched:
                patched.setattr(transactions, "_SETTLE_S", 0.2)
                patched.setattr(transactions.PostgresTransactions, "_connected", lambda self: self._connection)
                patched.setattr(PostgresConnection, "send", after(1, PostgresConnection.send, losing))
                with pytest.raises(StoreError, match=r"before it was known.*--resume"):
                    begin(store)
            assert len(store.runs()) <= 1

    def test_a_server_that_stays_away_is_told_and_the_store_goes_on_later(
        self, own_server: PostgresServer, mortal: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store_module, "PAUSES_S", (0.01, 0.02))
        with open_store(mortal, create=True) as store:
            run = begin(store)
            own_server.kill()
            try:
                for use in (store.runs, lambda: store.save_task(run, task_record("t", [solver(1)]))):
                    with pytest.raises(StoreError, match=r"no connection|connection was lost"):
                        use()
            finally:
                own_server.start()
            store.save_task(run, task_record("t", [solver(1)]))
            assert store.done_tasks("key").keys() == {digest("t")}

    def test_kills_of_the_server_lose_nothing_and_store_nothing_twice(
        self, own_server: PostgresServer, mortal: str
    ) -> None:
        """Runs are begun while the server is killed at any moment and comes back: each has one number, in order."""
        chance, begun, is_over = random.Random(0), [], threading.Event()
        failures: list[BaseException] = []

        def work() -> None:
            try:
                with open_store(mortal, create=True) as store:
                    while not is_over.is_set():
                        begun.append(begin(store, f"key {len(begun)}"))
            except BaseException as error:
                failures.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        for _ in range(3):
            time.sleep(0.3 + chance.random() / 2)
            own_server.kill()
            own_server.start()
        before = len(begun)
        wait_for(lambda: len(begun) > before or bool(failures))
        is_over.set()
        thread.join()
        assert failures == []
        with open_store(mortal, create=False) as store:
            assert [(run.id, run.key) for run in store.runs()] == [
                (number, f"key {place}") for place, number in enumerate(begun)
            ]
        assert begun == list(range(1, len(begun) + 1))

    def test_a_stop_in_the_middle_of_a_write_undoes_it(self, own_server: PostgresServer, mortal: str) -> None:
        def write(store: Store) -> None:
            with store._open.writing() as inside:  # type: ignore[attr-defined]
                inside.execute("DELETE FROM programs")
                own_server.stop()
                own_server.start()
                inside.execute("DELETE FROM programs")

        with open_store(mortal, create=True) as store:
            with pytest.raises(StoreError, match=r"connection was lost.*repeat"):
                write(store)
            store.add_programs([solver(1)])
            assert store.programs() == [solver(1)]


class TestOthers:
    def test_a_run_whose_process_is_gone_is_interrupted_though_others_work(self, address: str) -> None:
        with open_store(address, create=True) as living:
            mine = begin(living)
            child = os.fork()
            if child == 0:  # in the child
                try:
                    begin(open_store(address, create=False))
                    signal.pause()
                finally:
                    os._exit(0)
            wait_for(lambda: len(living.runs()) == 2)
            with open_store(address, create=False) as third:
                assert [run.status for run in third.runs()] == ["running", "running"]
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

            def statuses() -> list[str]:
                with open_store(address, create=False) as fourth:
                    return [run.status for run in fourth.runs()]

            wait_for(lambda: statuses() == ["running", "interrupted"])
            living.finish_run(mine, "finished", None, {})
            assert statuses() == ["finished", "interrupted"]

    def test_a_write_waits_for_another_but_not_for_ever(self, address: str) -> None:
        with open_store(address, create=True) as store, open_store(address, create=False) as other:
            raw(store).send("SET lock_timeout = '200ms'")
            with other._open.writing():  # type: ignore[attr-defined]
                assert store.programs() == []  # a read does not
                with pytest.raises(StoreError, match="locked by another process for too long"):
                    store.add_programs([solver(1)])
            assert store.add_programs([solver(1)]) == [True]

    def test_a_statement_that_the_server_ends_is_told(self, address: str) -> None:
        with open_store(address, create=True) as store, open_store(address, create=False) as other:
            raw(store).send("SET statement_timeout = '200ms'")
            with other._open.writing(), pytest.raises(StoreError, match=r"ended a statement.*statement_timeout"):  # type: ignore[attr-defined]
                store.add_programs([solver(1)])

    def test_one_that_holds_the_lock_and_says_nothing_is_ended(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(transactions, "_WRITE", transactions._WRITE.replace("'60s'", "'300ms'"))

        def hang(other: Store, store: Store) -> None:
            with other._open.writing() as hanging:  # type: ignore[attr-defined]
                assert store.add_programs([solver(1)]) == [True]  # had to wait for it to be ended
                hanging.execute("SELECT 1")

        with open_store(address, create=True) as store, open_store(address, create=False) as other:
            with pytest.raises(StoreError, match="connection was lost"):
                hang(other, store)
            assert other.programs() == [solver(1)]

    def test_news_tell_of_writes_and_of_work(self, address: str) -> None:
        news = DatabaseNews(PostgresAddress(address))
        try:
            assert (news.signature(), news.is_written()) == ((), False)
            with open_store(address, create=True) as store:
                seen = {news.signature()}
                run = begin(store)
                assert news.is_written()
                store.add_programs([solver(1)])
                seen.add(news.signature())
                store.finish_run(run, "finished", None, {})
                assert not news.is_written()
                seen.add(news.signature())
                assert news.signature() in seen
            assert len(seen) == 3
        finally:
            news.close()


    def test_interrupts_while_it_waits_to_write_leave_it_usable(self, address: str) -> None:
        """One that comes while the first is still seen to, too: the driver asks the server to end the statement."""
        handler = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with open_store(address, create=True) as store, psycopg.connect(address, autocommit=True) as other:
                run = begin(store)
                for count in (1, 2, 3):
                    other.execute(f"SELECT pg_advisory_lock({WRITE_LOCK})".encode())
                    for number in range(count):
                        interrupt = threading.Timer(0.3 + 0.0005 * number, os.kill, (os.getpid(), signal.SIGINT))
                        interrupt.start()
                    with pytest.raises(KeyboardInterrupt):
                        interrupted(lambda: store.add_programs([solver(99)]))
                    other.execute(f"SELECT pg_advisory_unlock({WRITE_LOCK})".encode())
                    assert store.add_programs([solver(count)]) == [True]
                with open_store(address, create=False) as third:
                    assert [found.id for found in third.runs() if found.status == "running"] == [run]
        finally:
            signal.signal(signal.SIGINT, handler)


class TestTexts:
    def test_what_postgresql_cannot_hold_is_refused_and_nothing_stored(self, address: str) -> None:
        with open_store(address, create=True) as store:
            run = begin(store)
            for text in ("a\0b", "a\ud800b"):
                with pytest.raises(InputError, match="text"):
                    store.begin_evolution(run, "{}", [text])
                assert store.evolutions() == []
                with pytest.raises(InputError, match="text"):
                    store.scores(digest=text)

    def test_a_value_that_is_too_large_is_refused(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with open_store(address, create=True) as store:
            monkeypatch.setattr(connection, "MAX_VALUE", 50)
            with pytest.raises(StoreError, match="a value is too large"):
                store.add_programs([solver(1)])
            monkeypatch.undo()
            assert store.programs() == []

    def test_text_sorts_by_code_points_whatever_the_database_has(self, postgres: PostgresServer) -> None:
        names = ["a", "B", "_", "é", "z", "\U0001f600", "\uff5e"]
        with database_of(postgres) as address, open_store(address, create=True) as store:
            for number, name in enumerate(names):
                store.add_programs([solver(number, name=name)])
            assert [row.name for row in store.list_programs(ListQuery())] == sorted(names)
            assert [row.name for row in store.list_programs(ListQuery(name="*"))] == sorted(names)


HOSTILE_SCHEMAS = [
    ("CREATE TABLE arcbatt.mine (x int)", "unexpected table mine"),
    ("CREATE VIEW arcbatt.mine AS SELECT 1 AS x", "unexpected table mine"),
    ("CREATE SEQUENCE arcbatt.mine", "unexpected table mine"),
    ("ALTER TABLE arcbatt.programs ADD COLUMN x text", "unexpected definition of programs"),
    ("ALTER TABLE arcbatt.programs ALTER COLUMN name DROP NOT NULL", "unexpected definition of programs"),
    ("ALTER TABLE arcbatt.programs ALTER COLUMN name SET DEFAULT 'x'", "unexpected definition of programs"),
    ("ALTER TABLE arcbatt.programs ALTER COLUMN name TYPE varchar(10)", "unexpected definition of programs"),
    ('ALTER TABLE arcbatt.lineage ALTER COLUMN child TYPE text COLLATE "POSIX"', "unexpected definition"),
    ("ALTER TABLE arcbatt.programs ENABLE ROW LEVEL SECURITY", "unexpected definition of programs"),
    ("ALTER TABLE arcbatt.programs ADD CHECK (size < 5)", "unexpected constraint"),
    ("CREATE RULE r AS ON INSERT TO arcbatt.programs DO INSTEAD NOTHING", "unexpected definition of programs"),
    ("CREATE INDEX mine ON arcbatt.programs (lower(name))", "unexpected index mine"),
    ("DROP INDEX arcbatt.programs_by_name", "programs_by_name is missing"),
    ("DROP TABLE arcbatt.lineage", "lineage_pkey is missing|lineage is missing|lineage_by_parent is missing"),
    ("CREATE TABLE public.child () INHERITS (arcbatt.programs)", "unexpected child"),
    ("CREATE FUNCTION arcbatt.length(x text) RETURNS int LANGUAGE sql AS 'SELECT 1'", "unexpected function length"),
    ("CREATE FUNCTION public.f(text, bigint) RETURNS bool LANGUAGE sql AS 'SELECT true'; "
     "CREATE OPERATOR arcbatt.= (LEFTARG = text, RIGHTARG = bigint, FUNCTION = public.f)", "unexpected operator"),
    ("CREATE DOMAIN arcbatt.mine AS text", "unexpected type mine"),
    ("CREATE FUNCTION public.t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL;END'; "
     "CREATE TRIGGER mine BEFORE INSERT ON arcbatt.programs EXECUTE FUNCTION public.t()", "unexpected trigger mine"),
    (f"UPDATE arcbatt.about SET version = {VERSION + 1}", "newer arcbatt"),
    ("UPDATE arcbatt.about SET version = 0", "schema version 0"),
    ("UPDATE arcbatt.about SET mark = 'other'", "another program"),
    ("DELETE FROM arcbatt.about", "another program"),
    ("DROP SCHEMA arcbatt CASCADE; CREATE SCHEMA arcbatt; CREATE TABLE arcbatt.bookmarks (url text)",
     "another program"),
    ("DROP SCHEMA arcbatt CASCADE; CREATE SCHEMA arcbatt; CREATE VIEW arcbatt.about AS SELECT 1 AS mark",
     "another program"),
]  # fmt: skip


def test_a_schema_that_is_not_arcbatts_is_refused(postgres: PostgresServer, address: str) -> None:
    database = name_of(address)
    open_store(address, create=True).close()
    for number, (statements, match) in enumerate(HOSTILE_SCHEMAS):
        copy = f"{database}_{number}"
        postgres.execute(f"CREATE DATABASE {copy} TEMPLATE {database} STRATEGY FILE_COPY")
        try:
            postgres.execute(*statements.split("; "), database=copy)
            for read_only in (False, True):
                with pytest.raises(StoreError, match=match):
                    open_store(postgres.address(copy), create=True, read_only=read_only)
        finally:
            postgres.drop(copy)


def test_a_stranger_in_the_same_database_does_not_disturb(postgres: PostgresServer, address: str) -> None:
    """Tables, functions and operators of the same names in another schema."""
    postgres.execute(
        "CREATE TABLE public.programs (md5 int)", "CREATE TABLE public.about (mark text)",
        "CREATE FUNCTION public.count(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 7::bigint'",
        database=name_of(address),
    )  # fmt: skip
    with open_store(address, create=True) as store:
        store.add_programs([solver(1)])
        assert store.counts()["solvers"] == 1


@pytest.mark.parametrize(
    ("statement", "listing"),
    [
        ("UPDATE programs SET kind = 'x'", lambda store: store.programs()),
        ("UPDATE programs SET size = -1", lambda store: store.programs()),
        ("UPDATE programs SET name = chr(27) || '[2J'", lambda store: store.list_programs(ListQuery())),
        ("UPDATE program_texts SET text = 'other'", lambda store: store.programs()),
        ("DELETE FROM program_texts", lambda store: store.programs()),
        ("UPDATE scores SET demo_count = 0", lambda store: store.best_scores()),
        ("UPDATE scores SET near = 30001", lambda store: store.list_scores(ListQuery())),
        ("UPDATE scores SET near = -1", lambda store: store.list_scores(ListQuery())),
        ("UPDATE scores SET seconds = 'nan'", lambda store: store.scores()),
        ("UPDATE scores SET demo_right = 9223372036854775807", lambda store: store.best_scores()),
        ("UPDATE score_results SET result = '['", lambda store: store.scores()),
        ("UPDATE task_names SET id = chr(10)", lambda store: store.list_scores(ListQuery())),
        ("UPDATE runs SET status = 'hacked'", lambda store: store.runs()),
        ("UPDATE runs SET totals = '{}'", lambda store: store.runs()),
        ("UPDATE run_tables SET verdicts = nanoseconds", lambda store: store.table(1, digest("t"))),
        ("UPDATE run_programs SET programs = '\\x00ff'", lambda store: store.run_programs(1)),
        ("DROP TABLE scores", lambda store: store.scores()),
        ("ALTER TABLE scores DROP COLUMN near", lambda store: store.scores()),
        ("ALTER TABLE scores ALTER COLUMN fuel TYPE text USING 'x'", lambda store: store.scores()),
    ],
)
def test_wrong_rows_are_refused(
    postgres: PostgresServer, address: str, statement: str, listing: Callable[[Store], object]
) -> None:
    with open_store(address, create=True) as store:
        run = begin(store)
        store.save_task(run, replace(task_record("t", [solver(1), solver(2)]), table=table(2)))
        store.save_run_programs(run, [RunProgram(p.md5, p.name, p.size, p.text) for p in (solver(1), solver(2))])
        assert store.table(run, digest("t")) is not None
        listing(store)
        database = name_of(address)
        postgres.execute("SET search_path = arcbatt; " + statement, database=database)
        with pytest.raises(StoreError, match=r"postgresql://.*damaged"):
            listing(store)


def after(count: int, first: Callable[..., Any], then: Callable[..., Any]) -> Callable[..., Any]:
    """Calls the first function so many times, then the other."""
    calls: list[None] = []

    def call(*arguments: Any) -> Any:
        calls.append(None)
        return (first if len(calls) <= count else then)(*arguments)

    return call


def interrupted(work: Callable[[], object]) -> None:
    """Takes every interrupt that comes while it works and shortly after; raises the last."""
    caught: KeyboardInterrupt | None = None
    try:
        work()
    except KeyboardInterrupt as error:
        caught = error
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        try:
            time.sleep(deadline - time.monotonic())
        except KeyboardInterrupt as error:
            caught = error
    if caught is not None:
        raise caught


def end_sessions(server: PostgresServer, address: str) -> None:
    database = name_of(address)
    server.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'")


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
