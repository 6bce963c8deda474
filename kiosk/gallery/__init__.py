"""Every screen of the patient's window in every look: pictures to see, and checks over all of them.

clinic.py and states.py say what is shown, stage.py shows it in the real window, checks.py reads the window as a patient
with poor sight, a short arm or a keyboard would, pages.py puts the pictures on one page.
"""
