"""The answers to a contact form, on the staff screens."""

from collections.abc import Iterator
from typing import Any

from wagtail.contrib.forms.views import SubmissionsListView

from events.access.cells import safe_cell


class ContactAnswersView(SubmissionsListView):
    """The answers for staff; no cell of an export is a formula."""

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        """One line in which every text is safe."""
        cells = {
            field: self.preprocess_field_value(field, value, self.FORMAT_CSV)
            for field, value in row_dict.items()
        }
        return writer.writerow({field: safe_cell(cell) for field, cell in cells.items()})

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: dict[str, Any], date_format: str | None = None
    ) -> Iterator[Any]:
        """One row in which every text is typed as text."""
        for cell in super().generate_xlsx_row(worksheet, row_dict, date_format):
            if isinstance(cell.value, str):
                cell.data_type = "s"
            yield cell

    def get_heading(self, queryset: Any, field: str) -> str:
        """The question, which an editor wrote."""
        return str(safe_cell(str(super().get_heading(queryset, field))))
