enum ConfigurationSchema { static let text = "{}\n" }
