from hypothesis import settings
settings.register_profile("x", max_examples=8000, deadline=None); 
