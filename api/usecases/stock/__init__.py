"""The stock as people look at it: pools and vacancies, who may come, and the rules that say so."""
