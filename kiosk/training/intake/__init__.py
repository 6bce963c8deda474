"""The model that reads a patient's words: trained from nothing on sentences made from the knowledge base."""
