"""Publish a public casebook as a static site that opens from a file."""

from habeas.publish.site import publish_site

__all__ = ["publish_site"]
