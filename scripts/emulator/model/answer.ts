import { type CompletionRequest, wordsOf } from './request.ts';

/**
 * What the model says unless it is told: it takes up the question, says how much of the conversation it
 * was shown, and writes Markdown of several paragraphs, as real models do.
 */
export function answerTo({ messages }: CompletionRequest): string {
  const questions = messages.filter(({ role }) => role === 'user').map(wordsOf);
  const question = questions.at(-1) ?? '';
  const earlier = questions.slice(0, -1);
  return [
    `您问的是：**${question}**`,
    earlier.length > 0
      ? `这是第 ${questions.length} 个问题，前面您还问过：\n\n${earlier.map((each) => `- ${each}`).join('\n')}`
      : '这是我们的第一轮对话。',
    '我是本机的模拟模型，不联网，也不产生费用。接入真实模型时，只需改三个变量：\n\n1. `MODEL_URL`\n2. `MODEL_KEY`\n3. `MODEL_NAME`',
  ].join('\n\n');
}

/** A text in pieces of a few characters, as models write. None ends inside a character. */
export function piecesOf(text: string): string[] {
  const characters = [...text];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += 3) {
    pieces.push(characters.slice(at, at + 3).join(''));
  }
  return pieces;
}

/** About what a model counts; no two count alike. */
export function tokensOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Math.ceil(Buffer.byteLength(text) / 3) + 4, 0);
}
