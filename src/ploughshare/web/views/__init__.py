"""One module for each page of the site: from a visit to what the page says."""
