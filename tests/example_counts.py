"""What was counted by hand in the paper that the example review reads: factors as (cases, studies), fields as cases."""

from __future__ import annotations

FACTORS = {
    "weak-agreement": (13, 6),
    "no-tangible-results": (10, 6),
    "low-staff-capacity": (7, 4),
    "limited-budget": (6, 2),
    "weak-central-support": (6, 2),
    "passive-local-government": (6, 6),
    "mismatched-interests": (6, 2),
    "policy-change": (5, 1),
    "weak-communication": (4, 4),
    "low-public-participation": (4, 4),
    "late-implementation": (4, 1),
    "market-competition": (3, 3),
    "global-policy": (2, 2),
    "pandemic": (2, 2),
    "low-visibility": (1, 1),
    "low-business-capacity": (1, 1),
    "central-control": (1, 1),
    "elite-interests": (1, 1),
    "unintegrated-systems": (1, 1),
    "political-difference": (1, 1),
    "poor-infrastructure": (1, 1),
    "leadership-change": (1, 1),
    "no-evaluation": (1, 1),
    "time-difference": (1, 1),
    "no-representation": (1, 1),
}
FIELDS = {
    "trade-and-investment": 7,
    "culture": 5,
    "tourism": 4,
    "creative-economy": 3,
    "education": 3,
    "infrastructure-and-planning": 2,
    "e-government": 2,
    "human-resources": 1,
    "science-and-technology": 1,
    "social": 1,
    "sport": 1,
}
