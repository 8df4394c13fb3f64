"""检查引擎: runs pure rules over Rows and keeps waivers and scores."""
