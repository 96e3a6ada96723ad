print("modlab")
