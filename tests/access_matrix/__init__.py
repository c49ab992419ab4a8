"""Who may open what: a table written by hand, one module an app, against every route of the URLconf."""
