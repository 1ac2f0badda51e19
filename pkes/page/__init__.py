"""The cluster's own page: HTML in Polish and English, made of nothing but what may be published."""
