import UIKit
import WebKit

/// The chat, full screen. iOS 14 or later.
final class ChatViewController: UIViewController, WKNavigationDelegate, WKScriptMessageHandler {
    private static let desk = URL(string: "https://desk.example")!

    private let identity: String?
    private lazy var web: WKWebView = {
        let configuration = WKWebViewConfiguration()
        configuration.userContentController.add(WeakHandler(self), name: "vssid")
        return WKWebView(frame: .zero, configuration: configuration)
    }()

    /// - Parameter identity: signed by your server; nil when nobody is signed in
    init(identity: String?) {
        self.identity = identity
        super.init(nibName: nil, bundle: nil)
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) { fatalError("init(identity:)") }

    override func viewDidLoad() {
        super.viewDidLoad()
        web.navigationDelegate = self
        // The chat itself keeps clear of notch, home bar and keyboard.
        web.scrollView.contentInsetAdjustmentBehavior = .never
        web.translatesAutoresizingMaskIntoConstraints = false
        view.addSubview(web)
        NSLayoutConstraint.activate([
            web.topAnchor.constraint(equalTo: view.topAnchor),
            web.bottomAnchor.constraint(equalTo: view.bottomAnchor),
            web.leadingAnchor.constraint(equalTo: view.leadingAnchor),
            web.trailingAnchor.constraint(equalTo: view.trailingAnchor),
        ])

        // The part behind # is never sent over the network.
        let fragment = identity.map { "#identity=\($0)" } ?? ""
        let address = URL(string: "/widget?locale=vi" + fragment, relativeTo: Self.desk)!
        web.load(URLRequest(url: address))
    }

    /// After signing in or out while the chat is open.
    func identify(_ identity: String?) {
        web.callAsyncJavaScript(
            "VssidHelp.identify(identity)",
            arguments: ["identity": (identity as Any?) ?? NSNull()],
            in: nil,
            in: .page
        )
    }

    func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
        guard let event = message.body as? [String: Any], let name = event["name"] as? String else { return }
        switch name {
        case "close": dismiss(animated: true)
        case "identity-expired": askServerForIdentity { [weak self] in self?.identify($0) }
        default: break
        }
    }

    /// Everything but the desk (links in answers, phone numbers) belongs to other apps.
    func webView(
        _ webView: WKWebView,
        decidePolicyFor action: WKNavigationAction,
        decisionHandler: @escaping (WKNavigationActionPolicy) -> Void
    ) {
        guard let url = action.request.url else { return decisionHandler(.cancel) }
        if url.host == Self.desk.host, action.targetFrame != nil { return decisionHandler(.allow) }
        UIApplication.shared.open(url)
        decisionHandler(.cancel)
    }

    /// iOS ends web views that it needs the memory of; the chat comes back as it was.
    func webViewWebContentProcessDidTerminate(_ webView: WKWebView) {
        webView.reload()
    }

    private func askServerForIdentity(use: @escaping (String) -> Void) {
        // Fetch a new JWT from your own server, then call use(jwt) on the main queue.
    }
}

/// The content controller holds its handler strongly; this one does not hold the view controller.
private final class WeakHandler: NSObject, WKScriptMessageHandler {
    private weak var target: WKScriptMessageHandler?

    init(_ target: WKScriptMessageHandler) { self.target = target }

    func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
        target?.userContentController(controller, didReceive: message)
    }
}
