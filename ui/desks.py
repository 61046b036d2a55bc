"""The desks, run anew for every click: who is here, what the role may do, and the page that was asked for."""

from ui.frame.desk import desk_here
from ui.frame.navigation import show_desk

desk = desk_here()
if desk is not None:
    show_desk(desk)
