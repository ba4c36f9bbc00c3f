/**
 * A session that many requests share and that renews itself: one log-in for all requests that find it
 * expired (n8n itself does not lock, n8n-core `authentication.js`).
 */
import { MINUTE } from '../time';

/** If a fresh session is rejected too, the session is not the cause: do not log in again for a minute. */
const LOGIN_COOLDOWN_MS = MINUTE;

export class SharedSession<Token> {
	private starting: Promise<Token> | undefined;

	/** When a fresh session was last rejected, Unix ms. */
	private rejectedAt = Number.NEGATIVE_INFINITY;

	/**
	 * @param logIn opens a session; called again only after one has expired or could not be opened
	 * @param isFinal whether a failed log-in would fail again (wrong keys): then it is not repeated
	 */
	constructor(
		private readonly logIn: () => Promise<Token>,
		private readonly isFinal: (error: unknown) => boolean = () => false,
	) {}

	/**
	 * Runs work with the session. If the result says that the session has expired, opens a new one
	 * (shared by all who wait) and runs the work once more.
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
		// The first request to find this session expired drops it; the others share its log-in.
		if (this.starting === currentToken) this.starting = undefined;
		const again = await work(await this.start());
		if (isExpired(again)) this.rejectedAt = Date.now();
		return again;
	}

	/** The token if a session was opened, for logging out. Never throws. */
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
