"""One queue for one kind of place, told four times: by the simulation, simpy, a chain, and Erlang."""
