// The form of a credential in n8n's editor (texts and test IDs of n8n 2.41.1).

import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';

const GREEN = 'Connection tested successfully';
const RED = 'Couldn’t connect with these settings';
const TEST_PATH = '/rest/credentials/test';

const testAnswer = z.object({ data: z.object({ status: z.enum(['OK', 'Error']) }) });

/** The result of n8n's credential test; `reason` is the text under *More details*. */
export type CredentialTest = { isGreen: true } | { isGreen: false; reason: string };

/** The form of a credential, while it is open. */
export class CredentialForm {
	readonly root: Locator;

	/** n8n's banner above the fields. */
	private readonly green: Locator;

	private readonly red: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('editCredential-modal');
		this.green = this.root.getByText(GREEN);
		this.red = this.root.getByText(RED);
	}

	/** The labels of the visible fields, in order; required ones end with *. */
	async labels(): Promise<string[]> {
		const fields = this.root.getByTestId('credential-connection-parameter').locator('label');
		await fields.first().waitFor();
		const texts = await fields.allInnerTexts();
		return texts.map((text) => text.split('\n', 1)[0]?.trim() ?? '');
	}

	/** Types into fields. @param values by parameter name */
	async fill(values: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(values)) {
			await this.root.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
		}
	}

	/** Saves; n8n then tests the credential, and closes the form if the test succeeds. */
	async save(): Promise<CredentialTest> {
		const tested = this.page.waitForResponse((answer) => answer.url().endsWith(TEST_PATH));
		await this.root.getByTestId('credential-save-button').click();
		const { data } = testAnswer.parse(await (await tested).json());
		if (data.status === 'Error') return { isGreen: false, reason: await this.reason() };
		await this.root.waitFor({ state: 'hidden' });
		return { isGreen: true };
	}

	/** The text of the banner when the form of a saved credential is opened: n8n tests it again. */
	async outcome(): Promise<CredentialTest> {
		await this.green.or(this.red).first().waitFor();
		// While n8n tests, the button that repeats the test shows a spinner.
		await this.root.getByText('Retry', { exact: true }).waitFor();
		if (await this.green.isVisible()) return { isGreen: true };
		return { isGreen: false, reason: await this.reason() };
	}

	async close(): Promise<void> {
		await this.root.locator('.el-dialog__headerbtn').click();
		await this.root.waitFor({ state: 'hidden' });
	}

	private async reason(): Promise<string> {
		const more = this.root.getByText('More details');
		await this.red.waitFor();
		// The reason stays expanded from one test to the next.
		if (await more.isVisible()) await more.click();
		// The banner has a button; n8n writes the details under it.
		const details = this.red.locator('xpath=ancestor::div[button]/following-sibling::*[1]');
		return (await details.innerText()).trim();
	}
}
