"""Pages of the organisation: units, posts, people, tenures.

They stand here and not in the room of the organisation because pages need the floor's page kit, which lies above it.
"""
