"""How pages write what belongs to the letters' texts."""

from django import template

from letters.text_checks import block_label

register = template.Library()
register.filter("block_label", block_label)
