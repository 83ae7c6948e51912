"""The workbench in the browser: pages of a review, served on this computer for the person who opened the link."""
