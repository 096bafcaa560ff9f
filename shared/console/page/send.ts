interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly onSent?: ((share: number) => void) | undefined;
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Posts to the console. @throws Error if no answer comes */
export async function send(url: string, { headers, body, onSent }: Posted): Promise<Answered> {
  if (onSent) return sendWatched(url, { headers, body, onSent });
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/** `fetch` does not tell how much it has sent. */
function sendWatched(url: string, { headers, body, onSent }: Required<Posted>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onSent?.(total > 0 ? loaded / total : 0);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Error('No answer came.'));
    request.send(body);
  });
}
