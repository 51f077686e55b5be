"""Every page goes through the review by a colleague, instead of Wagtail's approval by a group."""

from typing import Any

from django.db import migrations

NAME = "Review by a colleague"


def begin(apps: Any, schema_editor: Any) -> None:
    """Make the workflow and let it begin at the root of all pages; Wagtail's own ends."""
    model = apps.get_model
    root = model("wagtailcore", "Page").objects.filter(depth=1).order_by("path").first()
    if root is None:
        return
    kind, _made = model("contenttypes", "ContentType").objects.get_or_create(
        app_label="site_cms", model="colleaguereview"
    )
    task = model("site_cms", "ColleagueReview").objects.create(name=NAME, content_type=kind, active=True)
    workflow = model("wagtailcore", "Workflow").objects.create(name=NAME, active=True)
    model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    former = model("wagtailcore", "WorkflowPage").objects.filter(page=root).first()
    model("wagtailcore", "WorkflowPage").objects.update_or_create(page=root, defaults={"workflow": workflow})
    if former is not None:
        _end(apps, former.workflow_id)


def _end(apps: Any, workflow_id: int) -> None:
    """Switch Wagtail's workflow off, unless pages are in it or staff let it begin elsewhere."""
    in_use = apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow=workflow_id).exists()
    in_use |= apps.get_model("wagtailcore", "WorkflowState").objects.filter(
        workflow=workflow_id, status="in_progress"
    ).exists()
    if not in_use:
        apps.get_model("wagtailcore", "Workflow").objects.filter(pk=workflow_id).update(active=False)


class Migration(migrations.Migration):
    dependencies = [("site_cms", "0003_cache_table"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
