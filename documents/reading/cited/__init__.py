"""Other papers that a paper names (văn bản viện dẫn): their symbols, the references, their roles."""
