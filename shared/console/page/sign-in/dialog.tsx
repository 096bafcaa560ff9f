import { useModal } from '../parts/modal.ts';
import { type Me, me } from '../session.ts';
import { SignInForm } from './sign-in-form.tsx';
import { s } from './words.ts';

/** Over the page when the session has ended: behind it everything stays as it was. */
export function SignInDialog({ operator }: { readonly operator: Me }) {
  const dialog = useModal();
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="session-over"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="session-over">{s('sessionOver')}</h2>
      <p class="muted">{s('sessionOverAbout')}</p>
      <SignInForm
        name={operator.name}
        onSignedIn={(again) => {
          // Another operator must not go on in what this one has left open.
          if (again.name !== operator.name) location.reload();
          else me.value = again;
        }}
      />
    </dialog>
  );
}
