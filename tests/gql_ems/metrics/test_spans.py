import subprocess
import sys

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.omc.source import open_source
from adapters.retrying import NEVER
from adapters.wiring import Wiring
from gql_ems.metrics import Metrics
from gql_ems.observed import Observed
from gql_ems.telemetry import NoTracing, Observers, tracing
from playground.upstreams.vendor import running
from tests.gql_ems.serving import served


class Collector:
    """An OTLP collector that keeps the spans it gets."""

    def __init__(self) -> None:
        self.spans: list = []
        self.app = Starlette(routes=[Route("/v1/traces", self._take, methods=["POST"])])

    async def _take(self, request) -> Response:
        told = ExportTraceServiceRequest.FromString(await request.body())
        for resource in told.resource_spans:
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)
        return Response(b"", media_type="application/x-protobuf")

    def named(self, name: str):
        (span,) = [span for span in self.spans if span.name == name]
        return span


@pytest.fixture
def collector() -> Collector:
    return Collector()


@pytest.fixture
async def asked(collector, omc_settings):
    """Makes a request of a gateway that probes its source for each, and waits until the spans have come."""
    with running(collector.app) as url:
        spans, metrics = tracing(url), Metrics()
        observers = Observers([metrics, spans])
        source = open_source(omc_settings, Wiring(retrying=NEVER, observer=observers))

        async def probe(_request):
            return JSONResponse((await source.probe()).status.value)

        app = spans.around(Observed(Starlette(routes=[Route("/graphql", probe)]), metrics))

        async def ask(**headers: str) -> None:
            async with served(app) as here, httpx.AsyncClient(base_url=here) as client:
                await client.get("/graphql?query=%7Bsecret%7D", headers=headers)
            spans.close()

        yield ask
        await source.close()


async def test_a_call_to_a_source_is_a_span_below_its_request(asked, collector):
    await asked()
    request, call = collector.named("GET /graphql"), collector.named("omc get_current_user_info")

    assert (call.trace_id, call.parent_span_id) == (request.trace_id, request.span_id)


async def test_a_request_goes_on_with_the_trace_of_its_caller(asked, collector):
    await asked(traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")

    assert collector.named("GET /graphql").trace_id.hex() == "0af7651916cd43dd8448eb211c80319c"


async def test_spans_tell_no_query_and_no_address(asked, collector):
    await asked()

    assert "secret" not in str(collector.spans)


async def test_a_call_that_fails_is_marked_with_its_code(asked, collector, omc_app):
    omc_app.state.vendor.turn(fail_rate=1.0, fail_status=503)
    await asked()

    assert collector.named("omc get_current_user_info").status.message == "UPSTREAM_UNAVAILABLE"


def test_nothing_is_traced_where_no_endpoint_is_configured():
    assert isinstance(tracing(""), NoTracing)


def test_nothing_of_opentelemetry_is_loaded_where_no_endpoint_is_configured():
    program = (
        "import sys; from gql_ems.telemetry import tracing; tracing(''); "
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
