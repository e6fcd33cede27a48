import Diagnostics
import RouteTable
import RouteTests
import Testing

@Suite("Reading tests of routes")
struct RouteTestReaderTests {
    @Test("Everything that the format has is read")
    func everything() throws {
        let tests = try TestedConfiguration.tests(
            """
            tests:
              - name: rooms
                request:
                  method: POST
                  url: "http://${HOST}/x?a=b"
                  headers: {X-Env: beta, X-Many: [a, b]}
                  client_ip: 10.1.2.3
                expect:
                  service: [a, b]
                  route: room
                  middlewares: []
                  path: /x
                  params: {room: blue, n: 3}
                  status: 404
                  redirect: "https://x/"
                variants: true
              - request: {url: "ws://h/"}
                expect: {status: 400}
            """)
        let test = try #require(tests.first)
        #expect(tests.count == 2)
        #expect(test.name == "rooms" && test.place.text == "tests.yaml:2" && test.hasVariants)
        #expect(test.request.method == "POST" && test.request.host == "ws.example.com")
        #expect(test.request.headers.map(\.value) == ["beta", "a", "b"])
        #expect(test.request.client.text == "10.1.2.3")
        #expect(
            test.expectations.map(\.demand) == [
                .service(["a", "b"]), .route("room"), .middlewares([]), .path("/x"),
                .param(name: "room", value: "blue"), .param(name: "n", value: "3"), .status(404),
                .redirect("https://x/"),
            ])
        #expect(test.expectations[0].place.line == 9)
        #expect(tests[1].name == "GET ws://h/" && !tests[1].hasVariants)
    }

    @Test(
        "What is wrong is reported once, at its place",
        arguments: [
            ("tets: []", "`tets` is not a key of a test file", 1, 1),
            ("tests: []", "`tests` is empty", 1, 8),
            ("tests: 3", "`tests` must be a list, but this is a number", 1, 8),
            ("tests: [x]", "a test must be a map, but this is text", 1, 9),
            (
                "tests:\n  - request: {url: \"http://h/\"}", "a test needs `expect`", 2, 5
            ),
            (
                "tests:\n  - request: {method: GET}\n    expect: {status: 404}",
                "`request` needs `url`", 2, 14
            ),
            (
                "tests:\n  - request: {url: \"http://h/\"}\n    expect: {}",
                "`expect` is empty: the test could not fail", 3, 13
            ),
            (
                "tests:\n  - request: {url: \"http://h/\", method: get}\n"
                    + "    expect: {status: 404}", "methods are case-sensitive", 2, 41
            ),
            (
                "tests:\n  - request: {url: \"http://u@h/\"}\n    expect: {status: 404}",
                "the URL has a user name, which requests do not carry", 2, 20
            ),
            (
                "tests:\n  - request: {url: \"http://h/\", headers: {\"a b\": c}}\n"
                    + "    expect: {status: 404}", "`a b` is not the name of a header", 2, 43
            ),
            (
                "tests:\n  - request: {url: \"http://h/\"}\n    expect: {status: 700}",
                "`status` must be a whole number from 100 to 599", 3, 22
            ),
            (
                "tests:\n  - request: {url: \"http://h/\"}\n    expect: {status: 404}\n"
                    + "    variants: yes", "`variants` must be true or false, but this is text", 4,
                15
            ),
        ])
    func faults(text: String, message: String, line: Int, column: Int) {
        let (_, diagnostics) = TestedConfiguration.read(text)
        #expect(diagnostics.map(\.message) == [message])
        #expect(diagnostics.first?.range.start.line == line)
        #expect(diagnostics.first?.range.start.column == column)
    }

    @Test("A misspelt key is recognised")
    func suggestion() {
        let (_, diagnostics) = TestedConfiguration.read(
            "tests:\n  - request: {url: \"http://h/\"}\n    expect: {servise: a}")
        #expect(diagnostics.map(\.suggestion) == ["did you mean `service`?"])
    }
}
