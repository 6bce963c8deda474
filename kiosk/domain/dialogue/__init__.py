"""The steps of a visit, one module per part of the conversation; session.advance joins them."""
