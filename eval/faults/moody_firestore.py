"""Firestore on a bad day: a proxy that answers some calls with an error of its own, and hands the others on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.cloud.firestore_v1.types import CommitRequest, RollbackRequest

STREAMED = ("BatchGetDocuments", "RunQuery", "RunAggregationQuery")
"""The methods that are asked once and answer many times; all others that are used here answer once."""
ROLLBACK = "/google.firestore.v1.Firestore/Rollback"
ABOUT_THE_WIRE = ("user-agent", "te", "content-type", "grpc-")


class MoodyFirestore(grpc.GenericRpcHandler):
    """Listens at ``address``. Of the calls of a method every ``every``-th is answered with ``code``; 0: none."""

    def __init__(self, emulator: str) -> None:
        self.code, self.every = grpc.StatusCode.ABORTED, 0
        self.refused: Counter[str] = Counter()
        self._calls: Counter[str] = Counter()
        self._beyond = grpc.insecure_channel(emulator)
        self._server = grpc.server(ThreadPoolExecutor(16), handlers=[self])
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        """See `grpc.GenericRpcHandler`. Messages are handed on as the bytes they are."""
        path = handler_call_details.method
        method = path.rpartition("/")[2]

        def once(request: Any, context: grpc.ServicerContext) -> Any:
            self._refuse_some(method, request, context)
            with _refusals_handed_on(context):
                return self._beyond.unary_unary(path)(request, metadata=_metadata(context))

        def streamed(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
            self._refuse_some(method, request, context)
            with _refusals_handed_on(context):
                yield from self._beyond.unary_stream(path)(request, metadata=_metadata(context))

        if method in STREAMED:
            return grpc.unary_stream_rpc_method_handler(streamed)
        return grpc.unary_unary_rpc_method_handler(once)

    def close(self) -> None:
        """Ends all calls."""
        self._server.stop(grace=None).wait()
        self._beyond.close()

    def _refuse_some(self, method: str, request: bytes, context: grpc.ServicerContext) -> None:
        self._calls[method] += 1
        if self.every and self._calls[method] % self.every == 0:
            self.refused[method] += 1
            if method == "Commit" and self.code is grpc.StatusCode.ABORTED:
                self._roll_back(request, context)
            context.abort(self.code, "injected")

    def _roll_back(self, request: bytes, context: grpc.ServicerContext) -> None:
        """A transaction that was aborted holds nothing any more."""
        commit: Any = CommitRequest.deserialize(request)
        if commit.transaction:
            undo = RollbackRequest(database=commit.database, transaction=commit.transaction)
            call: Any = self._beyond.unary_unary(ROLLBACK)
            call(RollbackRequest.serialize(undo), metadata=_metadata(context))


class _refusals_handed_on:
    """What Firestore itself refuses keeps its code."""

    def __init__(self, context: grpc.ServicerContext) -> None:
        self._context = context

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, grpc.RpcError) and isinstance(error, grpc.Call):
            self._context.abort(error.code(), error.details() or "")


def _metadata(context: grpc.ServicerContext) -> tuple[tuple[str, str | bytes], ...]:
    return tuple((k, v) for k, v in context.invocation_metadata() if not k.startswith(ABOUT_THE_WIRE))
