"""THE OFFICE: Django and Wagtail rooms that store facts and carry out what the law decides. One room, one purpose."""
