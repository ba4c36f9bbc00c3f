/**
 * A session that many requests share and that heals: one log-in for all who find it expired
 * (design §4.6; n8n itself does not lock, n8n-core `authentication.js`).
 */

/** A refusal that a new log-in did not mend is no matter of the session, and will not be for a while. */
const LOGIN_COOLDOWN_MS = 60_000;

export class SharedSession<Token> {
	private starting: Promise<Token> | undefined;

	/** When a new session was last found "expired" at once, Unix ms. */
	private rejectedAt = Number.NEGATIVE_INFINITY;

	/**
	 * @param logIn opens a session; called again only after one was found expired or failed to open
	 * @param isFinal whether a failed log-in would fail again (wrong keys): it is not tried again then
	 */
	constructor(
		private readonly logIn: () => Promise<Token>,
		private readonly isFinal: (error: unknown) => boolean = () => false,
	) {}

	/**
	 * Does work with the session; if the result says that it has expired, opens a new one (shared by
	 * all who wait) and does the work once more.
	 *
	 * @returns the last result, which may say "expired" again
	 */
	async use<Result>(
		work: (token: Token) => Promise<Result>,
		isExpired: (result: Result) => boolean,
	): Promise<Result> {
		const currentToken = this.start();
		const result = await work(await currentToken);
		if (!isExpired(result) || Date.now() - this.rejectedAt < LOGIN_COOLDOWN_MS) return result;
		// Only the first one to find this session expired drops it; the others join its log-in.
		if (this.starting === currentToken) this.starting = undefined;
		const again = await work(await this.start());
		if (isExpired(again)) this.rejectedAt = Date.now();
		return again;
	}

	/** The session's token if one was opened, for logging out. Never throws. */
	async currentToken(): Promise<Token | undefined> {
		return await this.starting?.catch(() => undefined);
	}

	private start(): Promise<Token> {
		if (this.starting === undefined) {
			const starting = this.logIn();
			this.starting = starting;
			starting.catch((error: unknown) => {
				if (this.starting === starting && !this.isFinal(error)) this.starting = undefined;
			});
		}
		return this.starting;
	}
}
