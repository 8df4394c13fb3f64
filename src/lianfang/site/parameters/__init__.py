"""参数的页面和接口：现在是多少，谁定的，怎么改。

They stand in the site because the room of parameters lies below the pages' common parts.
"""
