from adapters.ports import AlarmRow
from adapters.records import Severity
from gql_ems.front.parameters import Parameters
from gql_ems.identity import ANONYMOUS
from gql_ems.service import Service
from gql_ems.settings import build

QUERY = "{ alarms { nodes { title source { name health { lastError } } networkElement { neId } } } }"


async def test_alarms_of_a_source_that_is_configured_no_more_are_still_told(tmp_path):
    tables = {
        "auth": {"mode": "none", "secret_file": str(tmp_path / "ems.key")},
        "storage": {"url": f"sqlite+aiosqlite:///{tmp_path}/ems.db"},
    }
    service = Service(build(tables, {}))
    await service.open()
    try:
        row = AlarmRow(ne_type="SMF", ne_id="001", title="N4 association lost", severity=Severity.MAJOR)
        await service.store.intake.alarms("omc-gone", [row])
        answer, _ = await service.answering.answer(
            service.answering.inquiry(Parameters(QUERY)), ANONYMOUS, "r1"
        )
    finally:
        await service.close()
    assert answer == {
        "data": {
            "alarms": {
                "nodes": [
                    {
                        "title": "N4 association lost",
                        "source": {
                            "name": "omc-gone",
                            "health": {"lastError": "This source is configured no more."},
                        },
                        "networkElement": None,
                    }
                ]
            }
        }
    }
