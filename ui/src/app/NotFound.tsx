import { Link, useLocation } from 'react-router';
import { Notice } from '../components/Notice';

export function NotFound() {
  const { pathname } = useLocation();
  return (
    <Notice kind="info" title={`There is no page ${pathname}`}>
      Go to the <Link to="/">start page</Link>.
    </Notice>
  );
}
