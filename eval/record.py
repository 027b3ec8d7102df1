"""`python -m eval.record`: runs the conversations of `cases.yaml` keyless and writes them as the ADK eval set.

What is recorded becomes what `make eval` demands, so read the difference before you commit it.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import yaml
from google.adk.evaluation.eval_case import EvalCase, IntermediateData, Invocation, SessionInput
from google.adk.evaluation.eval_set import EvalSet
from google.adk.runners import InMemoryRunner
from google.genai import types
from rich.progress import track

from eval.keyless import keyless_environment

HERE = Path(__file__).resolve().parent
USER = "shopper"


async def record(case_id: str, turns: list[str]) -> EvalCase:
    """Runs one conversation in a fresh session."""
    from recsys_agent.agent import app

    runner = InMemoryRunner(app=app)
    session = await runner.session_service.create_session(app_name=app.name, user_id=USER)
    conversation = []
    for number, turn in enumerate(turns, start=1):
        message = types.Content(role="user", parts=[types.Part(text=turn)])
        calls: list[types.FunctionCall] = []
        reply = None
        async for event in runner.run_async(user_id=USER, session_id=session.id, new_message=message):
            calls += [types.FunctionCall(name=c.name, args=c.args) for c in event.get_function_calls()]
            if event.content and any(part.text for part in event.content.parts or []):
                reply = event.content
        conversation.append(
            Invocation(
                invocation_id=f"{case_id}-{number}",
                user_content=message,
                final_response=reply,
                intermediate_data=IntermediateData(tool_uses=calls),
            )
        )
    return EvalCase(
        eval_id=case_id, conversation=conversation, session_input=SessionInput(app_name=app.name, user_id=USER)
    )


def main() -> None:
    """Records all cases."""
    os.environ.update(keyless_environment())
    cases = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))
    recorded = [asyncio.run(record(name, turns)) for name, turns in track(cases.items(), "Recording")]
    eval_set = EvalSet(
        eval_set_id="birthday",
        name="birthday",
        description="Keyless conversations of the birthday planner, recorded and then reviewed.",
        eval_cases=recorded,
    )
    target = HERE / "sets" / "birthday.evalset.json"
    target.write_text(eval_set.model_dump_json(indent=2, exclude_none=True, exclude_defaults=True) + "\n", "utf-8")
    print(f"{len(recorded)} cases written to {target.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
