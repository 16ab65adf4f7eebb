"""How is all this used and meant? The documentation, by topic and by words."""

import streamlit as st

from ntm.ui import help_view
from ntm.ui.language import current_translator

t = current_translator()
st.title(t("help.heading"))
help_view.show(t)
