package randomchat.uploader.member;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route for members of an open channel: 401 without a good channel token, 404 when the channel
 * has ended or was never opened, 503 while the store cannot be reached. Decided before the body is
 * read.
 */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface MembersOnly {}
