package vn.example.app

import android.annotation.SuppressLint
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.webkit.JavascriptInterface
import android.webkit.ValueCallback
import android.webkit.WebChromeClient
import android.webkit.WebResourceRequest
import android.webkit.WebView
import android.webkit.WebViewClient
import android.widget.FrameLayout
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import androidx.appcompat.app.AppCompatActivity
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat
import org.json.JSONObject

private const val DESK = "https://desk.example"

/** The chat, full screen. In the manifest: android:windowSoftInputMode="adjustResize". */
class ChatActivity : AppCompatActivity() {
    private lateinit var web: WebView
    private var waiting: ValueCallback<Array<Uri>>? = null
    private val chooser = registerForActivityResult(StartActivityForResult()) {
        waiting?.onReceiveValue(WebChromeClient.FileChooserParams.parseResult(it.resultCode, it.data))
        waiting = null
    }

    @SuppressLint("SetJavaScriptEnabled")
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        web = WebView(this)
        val frame = FrameLayout(this).apply { addView(web) }
        setContentView(frame)

        // Android 15 draws behind the bars and the keyboard: keep the chat clear of all of them.
        ViewCompat.setOnApplyWindowInsetsListener(frame) { view, insets ->
            val covered = insets.getInsets(
                WindowInsetsCompat.Type.systemBars() or
                    WindowInsetsCompat.Type.displayCutout() or
                    WindowInsetsCompat.Type.ime(),
            )
            view.setPadding(covered.left, covered.top, covered.right, covered.bottom)
            WindowInsetsCompat.CONSUMED
        }

        web.settings.javaScriptEnabled = true
        // The conversation and what was not sent yet are kept there.
        web.settings.domStorageEnabled = true
        web.settings.allowFileAccess = false
        web.addJavascriptInterface(Host(), "VssidHost")
        web.webViewClient = Client()
        web.webChromeClient = Files()

        // Signed by your server. The part behind # is never sent over the network.
        val identity = intent.getStringExtra("identity")
        web.loadUrl("$DESK/widget?locale=vi" + if (identity == null) "" else "#identity=$identity")
    }

    /** After signing in or out while the chat is open. */
    fun identify(identity: String?) {
        val argument = if (identity == null) "null" else JSONObject.quote(identity)
        web.evaluateJavascript("VssidHelp.identify($argument)", null)
    }

    override fun onDestroy() {
        web.destroy()
        super.onDestroy()
    }

    inner class Host {
        /** Called on a thread of the web view. */
        @JavascriptInterface
        fun postMessage(json: String) {
            val event = JSONObject(json)
            runOnUiThread {
                when (event.getString("name")) {
                    "close" -> finish()
                    "identity-expired" -> askServerForIdentity { identify(it) }
                }
            }
        }
    }

    /** Everything but the desk (links in answers, phone numbers) belongs to other apps. */
    private inner class Client : WebViewClient() {
        override fun shouldOverrideUrlLoading(view: WebView, request: WebResourceRequest): Boolean {
            if (request.url.host == Uri.parse(DESK).host) return false
            try {
                startActivity(Intent(Intent.ACTION_VIEW, request.url))
            } catch (_: ActivityNotFoundException) {
                // No app for it, such as a phone number on a tablet.
            }
            return true
        }
    }

    /** A picture or a PDF for the agent. */
    private inner class Files : WebChromeClient() {
        override fun onShowFileChooser(
            view: WebView,
            callback: ValueCallback<Array<Uri>>,
            params: FileChooserParams,
        ): Boolean {
            // The page waits for an answer to each question.
            waiting?.onReceiveValue(null)
            waiting = callback
            chooser.launch(params.createIntent())
            return true
        }
    }

    private fun askServerForIdentity(use: (String) -> Unit) {
        TODO("Fetch a new JWT from your own server, then call use(jwt) on the UI thread")
    }
}
