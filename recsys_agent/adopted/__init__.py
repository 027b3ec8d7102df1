"""An adopter's own tools, which the agent may call beside ours."""
