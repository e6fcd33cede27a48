import Diagnostics
import RouteCompiler
import Testing
import Validate

@Suite("Determinism")
struct DeterminismTests {
    @Test("An empty configuration makes the same table each time")
    func emptyConfiguration() throws {
        let configuration = Configuration(
            listeners: [], settings: Settings(), services: [], middlewares: [], hosts: [],
            globalMiddlewares: [], inertUses: [], files: [])
        let first = try RouteCompiler.compile(configuration)
        let second = try RouteCompiler.compile(configuration)
        #expect(first.bytes == second.bytes)
        #expect(first.digestText.count == 16)
    }
}
