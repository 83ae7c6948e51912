"""PRISMA's flow as the official table, which the R package PRISMA2020 reads, and the words of its boxes.

The ids and columns are those of the template (Haddaway et al. 2022, doi:10.1002/cl2.1230).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Unit = Literal["records", "reports", "studies"]

BOXES: Mapping[str, Unit] = {
    "previous_studies": "studies",
    "previous_reports": "reports",
    "records_identified": "records",
    "database_results": "records",
    "register_results": "records",
    "website_results": "records",
    "organisation_results": "records",
    "citation_results": "records",
    "hand_search_results": "records",
    "contact_results": "records",
    "duplicates_removed": "records",
    "records_removed_automatically": "records",
    "records_removed_other": "records",
    "records_screened": "records",
    "records_excluded": "records",
    "reports_sought": "reports",
    "reports_not_retrieved": "reports",
    "reports_assessed": "reports",
    "reports_excluded": "reports",
    "other_duplicates": "records",
    "other_removed": "records",
    "other_records_excluded": "records",
    "other_sought_reports": "reports",
    "other_notretrieved_reports": "reports",
    "other_assessed": "reports",
    "other_excluded": "reports",
    "studies_included": "studies",
    "reports_included": "reports",
    "total_studies": "studies",
    "total_reports": "reports",
    "total_studies_ma": "studies",
    "total_reports_ma": "reports",
}
"""The boxes in the order of the figure, with what each counts. `records_identified` is what databases and registers
gave together. The `other_…` boxes are the column of other methods; there `other_duplicates`, `other_removed` and
`other_records_excluded` say why fewer reports were sought than identified, for which the figure has no box."""

OPEN: Mapping[str, Unit] = {
    "undecided_records": "records",
    "unsure_records": "records",
    "conflicting_records": "records",
    "undecided_reports": "reports",
    "unsure_reports": "reports",
    "conflicting_reports": "reports",
}
"""What waits for a decision at each stage; as long as anything does, the flow is not final."""

TEXTS: Mapping[str, str] = {
    "previous_studies": "Studies included in previous version of review",
    "previous_reports": "Reports of studies included in previous version of review",
    "records_identified": "Records identified",
    "database_results": "Databases",
    "register_results": "Registers",
    "website_results": "Websites",
    "organisation_results": "Organisations",
    "citation_results": "Citation searching",
    "hand_search_results": "Hand searching",
    "contact_results": "Contacts with authors and experts",
    "duplicates_removed": "Duplicate records removed",
    "records_removed_automatically": "Records marked as ineligible by automation tools",
    "records_removed_other": "Records removed for other reasons",
    "records_screened": "Records screened",
    "records_excluded": "Records excluded",
    "reports_sought": "Reports sought for retrieval",
    "reports_not_retrieved": "Reports not retrieved",
    "reports_assessed": "Reports assessed for eligibility",
    "reports_excluded": "Reports excluded",
    "other_duplicates": "Duplicate records of other methods",
    "other_removed": "Records of other methods removed before screening",
    "other_records_excluded": "Records of other methods excluded by title and abstract",
    "other_sought_reports": "Reports sought for retrieval",
    "other_notretrieved_reports": "Reports not retrieved",
    "other_assessed": "Reports assessed for eligibility",
    "other_excluded": "Reports excluded",
    "studies_included": "New studies included in review",
    "reports_included": "Reports of new included studies",
    "total_studies": "Total studies included in review",
    "total_reports": "Reports of total included studies",
    "total_studies_ma": "Total studies included in meta-analysis",
    "total_reports_ma": "Reports of total studies included in meta-analysis",
    "undecided_records": "Records not yet decided on by title and abstract",
    "unsure_records": "Records that wait as unsure by title and abstract",
    "conflicting_records": "Records on which reviewers disagree by title and abstract",
    "undecided_reports": "Reports not yet decided on by full text",
    "unsure_reports": "Reports that wait as unsure by full text",
    "conflicting_reports": "Reports on which reviewers disagree by full text",
}
"""What figures and tables print for each box and each open item; the catalogue has them in Indonesian."""

OFFICIAL: Mapping[str, str] = {
    "previous_studies": "previous_studies",
    "previous_reports": "previous_reports",
    "database_results": "database_results",
    "register_results": "register_results",
    "website_results": "website_results",
    "organisation_results": "organisation_results",
    "citation_results": "citations_results",
    "duplicates_removed": "duplicates",
    "records_removed_automatically": "excluded_automatic",
    "records_removed_other": "excluded_other",
    "records_screened": "records_screened",
    "records_excluded": "records_excluded",
    "reports_sought": "dbr_sought_reports",
    "reports_not_retrieved": "dbr_notretrieved_reports",
    "reports_assessed": "dbr_assessed",
    "reports_excluded": "dbr_excluded",
    "other_sought_reports": "other_sought_reports",
    "other_notretrieved_reports": "other_notretrieved_reports",
    "other_assessed": "other_assessed",
    "other_excluded": "other_excluded",
    "studies_included": "new_studies",
    "reports_included": "new_reports",
    "total_studies": "total_studies",
    "total_reports": "total_reports",
    "total_studies_ma": "total_studies_ma",
    "total_reports_ma": "total_reports_ma",
}
"""The template's ids of our boxes, those that it has."""
