import Runtime
import Testing

@Suite("Forms of access lines of one's own")
struct LogTemplateTests {
    @Test(
        "What is no field is refused by its name",
        arguments: ["{nothing}", "{time", "{}", "a {Path}", "{ time }"])
    func refused(text: String) {
        #expect(throws: StartupError.self) { try LogTemplate(text) }
    }

    @Test(
        "Text and fields may stand in any order",
        arguments: ["", "{time}", "a{path}b{status}", "{path}{path}", "}"])
    func accepted(text: String) throws { _ = try LogTemplate(text) }
}
