"""A Tryton server (GNU Health is one) over JSON-RPC: session, records, rights.

Our own because the alternatives do not fit: proteus (LGPL, one release for each of the server's) speaks XML-RPC without
time limits, and asks the server at every assignment what it changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpcore

from kiosk.adapters.his.http_exchange import HttpExchange
from kiosk.adapters.his.retry_after import retry_after_s
from kiosk.adapters.his.tls import TlsFiles
from kiosk.adapters.his.tryton_session import KeptSession
from kiosk.domain.errors import ConfigError, HisLockedOut, HisRejected, HisUnavailable
from kiosk.wire import tryton
from kiosk.wire.tryton import Json, Record, Session, SessionEnded

_JSON = {"Content-Type": "application/json", "Accept": "application/json"}
_LANGUAGE = "en"
_NOT_FOR_US = frozenset({401, 403, 404, 405})

Domain = Sequence[object]


class TrytonClient:
    """Calls of one user to one database; not for several threads at once.

    `timeout_s` bounds each exchange. The password is read from its file at every login, so it may change meanwhile.
    With a `session_file` the calls of a process that was killed cannot come after those of the next one.
    Every method raises HisUnavailable, HisLockedOut or HisRejected; their texts name models, never what is in them.
    """

    def __init__(
        self,
        url: str,
        database: str,
        user: str,
        password_file: Path,
        timeout_s: float,
        tls: TlsFiles | None = None,
        session_file: Path | None = None,
    ) -> None:
        self.address = url.rstrip("/")
        self.database = database
        self.user = user
        self._password_file = password_file
        self._numbers = itertools.count(1)
        self._session: Session | None = None
        self._kept = KeptSession(session_file, f"{self.address}/{database}")
        self._doubtful = self._kept.left()
        self._context: Json = {}
        try:
            httpcore.URL(self.address)
        except (ValueError, UnicodeError) as error:
            raise ConfigError("his.url", "is no address") from error
        self._exchange = HttpExchange(timeout_s, tls)

    def close(self) -> None:
        try:
            if self._session is not None:
                self._end(self._session)
                self._kept.forget()
        except HisUnavailable:
            pass  # It ends by itself.
        finally:
            self._exchange.close()

    def version(self) -> str:
        """The server's, without signing in; empty where only the database can be reached."""
        method, number = "common.server.version", next(self._numbers)
        answer = self._exchange.send("POST", f"{self.address}/", _JSON, tryton.encode_call(number, method, []))
        if answer.status in _NOT_FOR_US:
            return ""
        version = tryton.read_answer(number, method, answer.status, answer.body, retry_after_s(answer.headers))
        if not isinstance(version, str):
            raise HisUnavailable(f"{method}: not a version")
        return version

    def sign_in(self) -> None:
        """Sign in unless that is done; HisLockedOut when the user is not let in."""
        self._signed_in()

    def find(self, model: str, domain: Domain, fields: Sequence[str], limit: int = 2) -> list[Record]:
        """Records with their ids; two are enough to see that there is more than one."""
        method = f"model.{model}.search_read"
        return tryton.read_records(method, fields, self.call(method, domain, 0, limit, None, list(fields)))

    def create(self, model: str, values: Json) -> None:
        """The caller finds the new record by what makes it its own, as it would after a lost answer."""
        self.call(f"model.{model}.create", [values])

    def write(self, model: str, record: Record, values: Json) -> None:
        """Change a record that was read with its `_timestamp`; HisUnavailable when somebody else changed it since."""
        unchanged_since = {f"{model},{record['id']}": record["_timestamp"]}
        self.call(f"model.{model}.write", [record["id"]], values, context={"_timestamp": unchanged_since})

    def rights(self, models: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
        """By model what this user may do: read, write, create, delete."""
        method = "model.ir.model.access.get_access"
        answer = self.call(method, list(models))
        if not isinstance(answer, dict) or not all(isinstance(answer.get(model), dict) for model in models):
            raise HisUnavailable(f"{method}: not the rights of these models")
        return answer

    def call(self, method: str, *parameters: object, context: Json | None = None) -> object:
        """The result of any method, with the user's context (company, language) and `context` on top."""
        try:
            return self._call(method, *parameters, context=context)
        except SessionEnded:
            self._session = None
        try:
            return self._call(method, *parameters, context=context)
        except SessionEnded:
            raise HisUnavailable(f"{method}: the new session is not accepted") from None

    def _call(self, method: str, *parameters: object, context: Json | None) -> object:
        session = self._signed_in()
        return self._asked(session, method, [*parameters, {**self._context, **(context or {})}])

    def _signed_in(self) -> Session:
        if self._doubtful is not None:
            # A call whose answer we did not wait for may still be on its way and would come after its repetition.
            # Without its session it does nothing.
            self._end(self._doubtful)
            self._doubtful = None
        if self._session is None:
            session = self._login()
            self._kept.keep(session)
            context = self._asked(session, "model.res.user.get_preferences", [True, {}])
            if not isinstance(context, dict):
                raise HisUnavailable("model.res.user.get_preferences: not a context")
            self._context, self._session = context, session
        return self._session

    def _login(self) -> Session:
        parameters = [self.user, {"password": _read_password(self._password_file)}, _LANGUAGE]
        try:
            return tryton.read_session(self.user, self._asked(None, "common.db.login", parameters))
        except (SessionEnded, HisRejected):
            raise HisLockedOut("the login is refused; check his.user and his.password_file") from None

    def _end(self, session: Session) -> None:
        try:
            self._asked(session, "common.db.logout", [])
        except (SessionEnded, HisRejected):
            return  # It is not known any more.

    def _asked(self, session: Session | None, method: str, parameters: Sequence[Any], url: str | None = None) -> object:
        number = next(self._numbers)
        headers = _JSON if session is None else {**_JSON, "Authorization": session.authorization()}
        body = tryton.encode_call(number, method, parameters)
        try:
            answer = self._exchange.send("POST", f"{self.address}/{quote(self.database)}/", headers, body)
            return tryton.read_answer(number, method, answer.status, answer.body, retry_after_s(answer.headers))
        except HisUnavailable:
            self._doubtful, self._session = session or self._doubtful, None
            raise


def _read_password(path: Path) -> str:
    try:
        password = path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise HisLockedOut(f"his.password_file: {path} cannot be read: {type(error).__name__}") from error
    if not password:
        raise HisLockedOut(f"his.password_file: {path} has no password in it")
    return password
