// The clock of one vendor server: the machine's time plus a skew that a test can set.

/** A vendor's clock. `skewMs` is its distance from the true time in milliseconds (positive = fast). */
export class Clock {
	skewMs = 0;

	/** The vendor's time in Unix milliseconds. */
	now(): number {
		return Date.now() + this.skewMs;
	}

	/** The vendor's time, `plusMs` later, as an HTTP date (RFC 9110 §5.6.7, GMT). */
	httpDate(plusMs = 0): string {
		return new Date(this.now() + plusMs).toUTCString();
	}
}
