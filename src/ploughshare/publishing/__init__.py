"""Resolution and what it asks → written forms: JSON, Akoma Ntoso, Markdown, HTML; ``reading`` takes the last three back."""
