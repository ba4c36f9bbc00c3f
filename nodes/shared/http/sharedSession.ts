/**
 * A session that many requests share and that heals: one log-in for all who find it expired
 * (design §4.6; n8n itself does not lock, n8n-core `authentication.js`).
 */

/** A refusal that a new log-in did not mend is no matter of the session, and will not be for a while. */
const FUTILE_MS = 60_000;

export class SharedSession<Token> {
	private opening: Promise<Token> | undefined;

	/** When a new session was last found "expired" at once, Unix ms. */
	private futileAt = Number.NEGATIVE_INFINITY;

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
		const opened = this.open();
		const result = await work(await opened);
		if (!isExpired(result) || Date.now() - this.futileAt < FUTILE_MS) return result;
		// Only the first one to find this session expired drops it; the others join its log-in.
		if (this.opening === opened) this.opening = undefined;
		const again = await work(await this.open());
		if (isExpired(again)) this.futileAt = Date.now();
		return again;
	}

	/** The session's token if one was opened, for logging out. Never throws. */
	async opened(): Promise<Token | undefined> {
		return await this.opening?.catch(() => undefined);
	}

	private open(): Promise<Token> {
		if (this.opening === undefined) {
			const opening = this.logIn();
			this.opening = opening;
			opening.catch((error: unknown) => {
				if (this.opening === opening && !this.isFinal(error)) this.opening = undefined;
			});
		}
		return this.opening;
	}
}
