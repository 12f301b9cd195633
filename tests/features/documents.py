"""What the scenarios ask of the API, as a client would write it."""

REFUSAL = "... on Refusal { code message fields { name value } }"
FAILURE = "failure { code message root }"
RUN = f"""id runId status platform videoId configHash title createdAt warnings {FAILURE}
  components {{
    name status emptyReason notes finishedAt isReused reusedFrom measuredAt {FAILURE} }}"""
VIDEO = "id state videoId title durationMs hasFile refusal { code message }"
LINES = "lines { component units secondsP50 usually most isReused measuredAt }"
ESTIMATE_FIELDS = f"""id most usually secondsP50 priceListVersion expiresAt {LINES}
  freshRun {{ {RUN} }}"""

SIGN_UP = f"""mutation SignUp($email: String!, $password: String!) {{
  answer: signUp(email: $email, password: $password) {{
    ... on Signed {{ token me {{ id }} }} {REFUSAL} }} }}"""
TOP_UP = f"""mutation TopUp($user: ID!, $amount: Credits!, $key: String!) {{
  answer: topUp(user: $user, amount: $amount, note: "", idempotencyKey: $key) {{
    ... on ToppedUp {{ balance {{ available }} }} {REFUSAL} }} }}"""
SET_PLAN = f"""mutation SetPlan($user: ID!, $plan: Plan!) {{
  answer: setPlan(user: $user, plan: $plan) {{ ... on PlanSet {{ plan }} {REFUSAL} }} }}"""
SET_PRICE = f"""mutation SetPrice($component: String!, $base: String, $rate: String) {{
  answer: setPrice(component: $component, base: $base, cpuRate: $rate) {{
    ... on PriceList {{ version }} {REFUSAL} }} }}"""
CREATE_UPLOAD = f"""mutation Create(
  $size: ByteCount!, $sha256: String, $metadata: VideoMetadataInput
) {{
  answer: createUpload(sizeBytes: $size, sha256: $sha256, metadata: $metadata) {{
    ... on Upload {{ id targets {{ method url offset sizeBytes }} }} {REFUSAL} }} }}"""
COMPLETE_UPLOAD = f"""mutation Complete($upload: ID!) {{
  answer: completeUpload(upload: $upload) {{ ... on Video {{ {VIDEO} }} {REFUSAL} }} }}"""
ADD_VIDEO = f"""mutation Add($link: String!, $metadata: VideoMetadataInput) {{
  answer: addVideo(link: $link, metadata: $metadata) {{
    ... on Video {{ {VIDEO} }} {REFUSAL} }} }}"""
ESTIMATE = f"""query Estimate(
  $video: ID!, $components: [ComponentChoiceInput!], $anew: Boolean!
) {{
  answer: estimate(video: $video, components: $components, computeAnew: $anew) {{
    ... on Estimate {{ {ESTIMATE_FIELDS} }} {REFUSAL} }} }}"""
START_RUN = f"""mutation Start(
  $video: ID!, $key: String!, $components: [ComponentChoiceInput!], $estimate: ID, $anew: Boolean!
) {{
  answer: startRun(
    video: $video, idempotencyKey: $key, components: $components, estimate: $estimate,
    computeAnew: $anew
  ) {{ ... on Run {{ {RUN} }} {REFUSAL} }} }}"""
CANCEL_RUN = f"""mutation Cancel($run: ID!) {{
  answer: cancelRun(run: $run) {{ ... on Run {{ {RUN} }} {REFUSAL} }} }}"""
RETRY_RUN = f"""mutation Retry($run: ID!, $key: String!) {{
  answer: retryRun(run: $run, idempotencyKey: $key) {{ ... on Run {{ {RUN} }} {REFUSAL} }} }}"""
EXPORT_RUN = f"""mutation Export($run: ID!) {{
  answer: exportRun(run: $run, format: JSON) {{ ... on ExportLink {{ url }} {REFUSAL} }} }}"""
ONE_VIDEO = f"query Video($video: ID!) {{ video(id: $video) {{ {VIDEO} }} }}"
ONE_RUN = f"query One($run: ID!) {{ run(id: $run) {{ {RUN} }} }}"
ALL_RUNS = f"""query All($after: String) {{ runs(first: 100, after: $after) {{
  ... on RunConnection {{ edges {{ node {{ {RUN} }} }} }} }} }}"""
BILL = """query Bill($run: ID!) { run(id: $run) {
  bill { lines { component held charged returned reason } } } }"""
REPORT = "query Report($run: ID!) { run(id: $run) { report { url } } }"
QUEUE = "{ queue { waiting } }"
BALANCE = "{ balance { available held } }"
LEDGER = "{ ledger(first: 500) { number operation account amount component } }"
RESULT = """query Result($run: ID!, $component: String!) {
  artifact(run: $run, component: $component) {
    status meta charts { __typename name ... on ValueChart { number } } } }"""
FOLLOW = """subscription Follow($run: ID!) { runProgress(run: $run) {
  ... on RunProgress { isLast events { sequence status component componentStatus } }
  ... on Refusal { code } } }"""
DELIVERY = "id deliveryId state tries nextAt outcome httpStatus"
SECRET = f"... on WebhookSecret {{ secret webhook {{ id }} }} {REFUSAL}"
REGISTER_WEBHOOK = (
    f"mutation R($url: String!) {{ answer: registerWebhook(url: $url) {{ {SECRET} }} }}"
)
ROTATE_SECRET = f"mutation R($id: ID!) {{ answer: rotateWebhookSecret(id: $id) {{ {SECRET} }} }}"
DELETE_WEBHOOK = f"""mutation D($id: ID!) {{
  answer: deleteWebhook(id: $id) {{ ... on WebhookDeleted {{ id }} {REFUSAL} }} }}"""
RESEND = f"""mutation Again($id: ID!) {{
  answer: resendDelivery(id: $id) {{ ... on Delivery {{ id }} {REFUSAL} }} }}"""
SET_FRESHNESS = f"""mutation Fresh($days: Int!) {{
  answer: updateSettings(settings: {{freshnessDays: $days}}) {{
    ... on AccountSettings {{ freshnessDays }} {REFUSAL} }} }}"""
WEBHOOKS = "{ webhooks { id url createdAt hasTwoSecrets } }"
DELIVERIES = f"""query Deliveries($id: ID!) {{
  node(id: $id) {{ ... on Webhook {{ deliveries {{ {DELIVERY} }} }} }} }}"""
CALLBACKS = f"""query Callbacks($run: ID!) {{
  run(id: $run) {{ callbacks {{ deliveries {{ {DELIVERY} }} }} }} }}"""
START_WITH_CALLBACK = f"""mutation Start(
  $video: ID!, $key: String!, $url: String!, $secret: String!
) {{
  answer: startRun(
    video: $video, idempotencyKey: $key, components: [{{component: "title"}}], computeAnew: true,
    callback: {{url: $url, secret: $secret}}
  ) {{ ... on Run {{ {RUN} }} {REFUSAL} }} }}"""
