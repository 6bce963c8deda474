"""When to start a crashed worker again: soon after the first crash, rarely once it keeps crashing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """All times in seconds on a clock that never goes backwards."""

    first_s: float = 0.2
    longest_s: float = 30.0
    window_s: float = 600.0
    crashes_allowed: int = 3
    degraded_s: float = 60.0
    calm_s: float = 5.0
    crashes: tuple[float, ...] = field(default=())
    in_a_row: int = 0

    def crashed(self, at: float, ran_s: float) -> RestartPolicy:
        """Note a crash after the worker ran for `ran_s`; one that ran for the whole window starts afresh."""
        recent = tuple(crash for crash in self.crashes if at - crash < self.window_s)
        in_a_row = 1 if ran_s >= self.window_s else self.in_a_row + 1
        return replace(self, crashes=(*recent, at), in_a_row=in_a_row)

    def asked(self, at: float, ran_s: float) -> RestartPolicy:
        """Note that a worker asked to be started again: no crash, unless it asks sooner than it can have worked."""
        return self if ran_s >= self.calm_s else self.crashed(at, ran_s)

    @property
    def degraded(self) -> bool:
        return len(self.crashes) >= self.crashes_allowed

    @property
    def delay_s(self) -> float:
        """How long to wait before the next start."""
        if self.degraded:
            return self.degraded_s
        doublings = min(max(self.in_a_row - 1, 0), 32)
        return min(self.first_s * 2.0**doublings, self.longest_s)
