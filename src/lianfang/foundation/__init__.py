"""What every register stands on: journal, accounts, organisation, documents, lint, pages."""
